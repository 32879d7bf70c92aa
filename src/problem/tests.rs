use std::time::Duration;

use arm_client::{ErrorDetail, Exhausted, SignInNeeded, SignInReason, Unreadable};

use super::*;

const DENIED: &str = "The client 'j' with object id 'o' does not have authorization to perform action \
     'Microsoft.DBforPostgreSQL/flexibleServers/backups/write' over scope '/subscriptions/s/resourceGroups/rg' or the \
     scope is invalid. If access was recently granted, please refresh your credentials.";
const BROKEN: &str = "An unexpected error occured while processing the request. Tracking ID: 'a1b2-c3'";

fn answer(status: u16, code: &str, message: &str) -> ServiceError {
    ServiceError {
        status,
        code: code.to_owned(),
        message: message.to_owned(),
        ..ServiceError::default()
    }
}

fn service(status: u16, code: &str, message: &str) -> ArmError {
    ArmError::Service(Box::new(answer(status, code, message)))
}

fn asked_to_wait(status: u16, seconds: u64) -> ArmError {
    ArmError::Service(Box::new(ServiceError {
        retry_after: Some(Duration::from_secs(seconds)),
        ..answer(status, "Busy", "")
    }))
}

fn unreadable() -> ArmError {
    ArmError::Unreadable(Unreadable {
        reason: "no JSON".to_owned(),
        request_id: Some("r-7".to_owned()),
    })
}

fn exhausted(last: ArmError) -> ArmError {
    ArmError::Exhausted(Box::new(Exhausted {
        attempts: 3,
        waited: Duration::from_secs(7),
        is_open: false,
        last,
    }))
}

/// Every kind of error: its view, what is said, and what is advised.
#[test]
fn each_kind_of_error_has_its_view_and_its_words() {
    use ProblemKind::{Network, NoAccess, NotFound, Passing, Refused, SignIn};
    let no_answer =
        "No answer came: the network is down, or something between here and Azure blocks the request.";
    for (error, kind, reason, advice) in [
        (
            service(403, "AuthorizationFailed", DENIED),
            NoAccess,
            "You may not do this: your roles lack the action 'Microsoft.DBforPostgreSQL/flexibleServers/backups/write'.",
            "Ask an owner of the resource for a role that holds it; a new role takes some minutes to work.",
        ),
        (
            service(403, "LinkedAuthorizationFailed", "No."),
            NoAccess,
            "No.",
            "Ask an owner of the resource for a role with this permission.",
        ),
        (
            service(
                403,
                "RequestDisallowedByPolicy",
                "Resource 'x' was disallowed by policy",
            ),
            NoAccess,
            "Resource 'x' was disallowed by policy.",
            "A policy forbids it; those who manage the policy can allow it.",
        ),
        (
            service(403, crate::rights::NOT_SENT, "The portal is read-only here."),
            NoAccess,
            "The portal is read-only here.",
            "",
        ),
        (
            service(404, "ResourceNotFound", "The Resource 'x' was not found"),
            NotFound,
            "The Resource 'x' was not found.",
            "",
        ),
        (
            service(409, "ServerBusy", "Server 'pg' is busy with another operation."),
            Refused,
            "Server 'pg' is busy with another operation.",
            "Try again once what is being done to it has ended.",
        ),
        (
            service(409, "ScopeLocked", "The scope is locked."),
            Refused,
            "The scope is locked.",
            "Ask an owner to remove the lock, then try again.",
        ),
        (
            service(409, "SomethingElse", "It is so"),
            Refused,
            "It is so.",
            "",
        ),
        (
            service(400, "BadRequest", ""),
            Refused,
            "Azure answered 400 without a word.",
            "",
        ),
        (
            service(429, "TooMany", ""),
            Passing,
            "Azure is asked too often at the moment.",
            "Try again in a minute.",
        ),
        (
            asked_to_wait(429, 10),
            Passing,
            "Azure is asked too often at the moment.",
            "Azure asks to wait 10 s; try again then.",
        ),
        (
            service(500, "InternalServerError", BROKEN),
            Passing,
            "Azure answered 500 Internal Server Error. An unexpected error occured while processing the request. \
             Tracking ID: 'a1b2-c3'.",
            "Try again in a moment.",
        ),
        (
            service(502, "", ""),
            Passing,
            "Azure answered 502 Bad Gateway.",
            "Try again in a moment.",
        ),
        (
            asked_to_wait(503, 24),
            Passing,
            "Azure answered 503 Service Unavailable.",
            "Azure asks to wait 24 s; try again then.",
        ),
        (
            service(504, "GatewayTimeout", "No response."),
            Passing,
            "Azure answered 504 Gateway Timeout. No response.",
            "Try again in a moment.",
        ),
        (
            service(401, "X", ""),
            SignIn,
            "Azure did not accept the sign-in.",
            "Sign in again.",
        ),
        (
            service(
                401,
                "InvalidAuthenticationTokenTenant",
                "The access token is from the wrong issuer.",
            ),
            Refused,
            "It belongs to another directory than the one you are signed in to.",
            "Open Directories in the menu of your account and sign in to it. If it is not listed there, somebody of it has to invite you.",
        ),
        (
            ArmError::SignInNeeded(SignInNeeded {
                reason: SignInReason::MoreProof,
            }),
            SignIn,
            "Azure asks for more proof of who you are, such as a second factor.",
            "Sign in again and give it, then try once more.",
        ),
        (
            ArmError::SignInNeeded(SignInNeeded {
                reason: SignInReason::OtherTenant,
            }),
            SignIn,
            "You are not signed in to the directory that this belongs to.",
            "Sign in to it to go on.",
        ),
        (
            ArmError::SignInNeeded(SignInNeeded {
                reason: SignInReason::Expired,
            }),
            SignIn,
            "The sign-in has ended.",
            "Sign in again to go on where you are.",
        ),
        (
            ArmError::Transport(arm_core::TransportError::new("x")),
            Network,
            no_answer,
            "Check the connection, then try again.",
        ),
        (
            unreadable(),
            Passing,
            "Azure's answer could not be understood.",
            "Try again; if it stays so, something between here and Azure changes its answers.",
        ),
        (
            exhausted(asked_to_wait(503, 24)),
            Passing,
            "Azure answered 503 Service Unavailable. It was asked 3 times.",
            "Azure asks to wait 24 s; try again then.",
        ),
        (
            ArmError::OperationFailed(Box::new(answer(200, "Failed", "It is so"))),
            Refused,
            "It is so.",
            "",
        ),
    ] {
        let problem = Problem::in_full(&error);
        let plain = |text: &str| text.replace('\u{a0}', " ");
        assert_eq!(problem.kind, kind, "{error}");
        assert_eq!(plain(&problem.reason), reason, "{error}");
        assert_eq!(
            plain(problem.advice.as_deref().unwrap_or_default()),
            advice,
            "{error}"
        );
    }
}

#[test]
fn what_support_asks_for_is_kept() {
    let broken = ArmError::Service(Box::new(ServiceError {
        request_id: Some("r-1".to_owned()),
        ..answer(500, "InternalServerError", BROKEN)
    }));
    for (error, code, request_id, tracking_id) in [
        (
            broken.clone(),
            Some("InternalServerError"),
            Some("r-1"),
            Some("a1b2-c3"),
        ),
        (
            exhausted(broken),
            Some("InternalServerError"),
            Some("r-1"),
            Some("a1b2-c3"),
        ),
        (unreadable(), None, Some("r-7"), None),
        (service(500, "", "Tracking ID: unquoted"), None, None, None),
        (
            ArmError::Transport(arm_core::TransportError::new("x")),
            None,
            None,
            None,
        ),
    ] {
        let problem = Problem::in_full(&error);
        assert_eq!(problem.code.as_deref(), code, "{error}");
        assert_eq!(problem.request_id.as_deref(), request_id, "{error}");
        assert_eq!(problem.tracking_id.as_deref(), tracking_id, "{error}");
    }
}

#[test]
fn what_a_role_lacks_is_taken_out_of_azures_sentence() {
    let problem = Problem::in_full(&service(403, "AuthorizationFailed", DENIED));
    let missing = problem.missing.expect("Azure names it");
    assert_eq!(
        missing.action,
        "Microsoft.DBforPostgreSQL/flexibleServers/backups/write"
    );
    assert_eq!(
        missing.scope.as_deref(),
        Some("/subscriptions/s/resourceGroups/rg")
    );
    for message in [
        "",
        "perform action",
        "perform action 'unended",
        "perform action Microsoft.X/read",
    ] {
        assert_eq!(
            Problem::in_full(&service(403, "X", message)).missing,
            None,
            "{message}"
        );
    }
}

#[test]
fn what_azure_advises_goes_before_our_own_words_and_what_lies_inside_is_kept() {
    let inner = |message: &str, details: Vec<ErrorDetail>| ErrorDetail {
        message: message.to_owned(),
        details,
        ..ErrorDetail::default()
    };
    let error = ArmError::Service(Box::new(ServiceError {
        recommended_actions: vec!["Do this.".to_owned(), "Then that.".to_owned()],
        details: vec![
            inner("Outer", vec![inner("Deep", vec![]), inner("", vec![])]),
            inner("Deep.", vec![]),
        ],
        ..answer(503, "Busy", "Outer.")
    }));
    let problem = Problem::in_full(&error);
    assert_eq!(problem.advice.as_deref(), Some("Do this. Then that."));
    assert_eq!(problem.more, ["Deep."], "each is said once");
}

#[test]
fn the_short_form_has_the_kind_and_the_words_for_what_keeps_an_answer_from_coming() {
    let broken = service(500, "InternalServerError", BROKEN);
    let said = format!("{BROKEN}.");
    let unanswered = ArmError::Transport(arm_core::TransportError::new("x"));
    for (error, short) in [
        (broken.clone(), &*said),
        (exhausted(broken), &said),
        (service(403, "AuthorizationFailed", DENIED), DENIED),
        (asked_to_wait(429, 10), "Azure answered 429 without a word."),
        (
            ArmError::OperationFailed(Box::new(answer(200, "Failed", "It is so"))),
            "It is so.",
        ),
    ] {
        let (problem, full) = (Problem::from(&error), Problem::in_full(&error));
        assert_eq!(problem.reason, short);
        assert_eq!((problem.kind, problem.code), (full.kind, full.code), "{error}");
    }
    for error in [unanswered, unreadable()] {
        assert_eq!(
            Problem::from(&error),
            Problem::in_full(&error),
            "Azure has said nothing that could be added"
        );
    }
}
