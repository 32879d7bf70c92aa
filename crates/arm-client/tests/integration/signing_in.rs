//! Tokens: which one goes with a request, and what a refusal of one means.

use arm_client::{ArmError, SignInNeeded, SignInReason, TokenRequest};
use arm_core::Response;

use crate::support::{Rig, Tokens, block_on, json, refusal};

const CLAIMS: &str = r#"{"access_token":{"acrs":{"essential":true,"value":"p1"}}}"#;
const CHALLENGE: &str = r#"Bearer authorization_uri="https://login.windows.net/t", error="insufficient_claims", claims="eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoicDEifX19""#;

fn challenge() -> Response {
    refusal(401, "AuthenticationFailed").with_header("WWW-Authenticate", CHALLENGE)
}

fn list(rig: &Rig) -> Result<usize, ArmError> {
    block_on(rig.client.subscriptions().list()).map(|subscriptions| subscriptions.len())
}

fn tokens(answers: &[Result<&str, SignInReason>]) -> Tokens {
    Tokens::script(answers.iter().map(|answer| match *answer {
        Ok(token) => Ok(token.to_owned()),
        Err(reason) => Err(SignInNeeded { reason }),
    }))
}

#[test]
fn without_a_token_no_request_leaves() {
    let rig = Rig::with_tokens([], tokens(&[Err(SignInReason::NotSignedIn)]));
    assert_eq!(
        list(&rig),
        Err(ArmError::SignInNeeded(SignInNeeded {
            reason: SignInReason::NotSignedIn
        }))
    );
    assert!(rig.script.sent().is_empty(), "{:?}", rig.script.sent());
}

#[test]
fn a_claims_challenge_is_answered_once_with_a_new_token() {
    let outcomes = [Ok(challenge()), Ok(json(200, r#"{"value":[]}"#))];
    let rig = Rig::with_tokens(outcomes, tokens(&[Ok("old"), Ok("new")]));
    assert_eq!(list(&rig), Ok(0));
    let sent: Vec<_> = rig
        .script
        .requests()
        .iter()
        .filter_map(|request| request.headers.get("authorization").map(str::to_owned))
        .collect();
    assert_eq!(sent, ["Bearer old", "Bearer new"]);
    let asked = rig.tokens.asked.borrow();
    assert_eq!(asked[0], TokenRequest::default());
    assert_eq!(
        asked[1],
        TokenRequest {
            claims: Some(CLAIMS.to_owned()),
            ..TokenRequest::default()
        }
    );
}

#[test]
fn t13_a_second_challenge_asks_for_a_sign_in_and_leaves_the_token_for_the_rest() {
    let rig = Rig::with_tokens(
        [Ok(challenge()), Ok(challenge())],
        tokens(&[Ok("old"), Ok("new")]),
    );
    assert_eq!(
        list(&rig),
        Err(ArmError::SignInNeeded(SignInNeeded {
            reason: SignInReason::MoreProof
        }))
    );
    assert_eq!(rig.script.sent().len(), 2);
    assert!(rig.tokens.refused.borrow().is_empty());
}

/// What Azure answers a token of another tenant than the subscription's.
fn wrong_tenant() -> Response {
    let message =
        format!("Please use the authority (URL) 'https://login.windows.net/{FABRIKAM}' to get the token.");
    let body =
        serde_json::json!({ "error": { "code": "InvalidAuthenticationTokenTenant", "message": message } });
    json(401, &body.to_string())
}

fn groups(rig: &Rig) -> Result<usize, ArmError> {
    let subscription = "44444444-4444-4444-8444-444444444444";
    block_on(rig.client.subscriptions().resource_groups(subscription)).map(|groups| groups.len())
}

const FABRIKAM: &str = "72f988bf-0000-4000-8000-0000000fab01";

#[test]
fn a_wrong_tenant_is_answered_once_with_a_token_of_the_right_one_if_the_user_has_chosen_it() {
    let outcomes = || [Ok(wrong_tenant()), Ok(json(200, r#"{"value":[]}"#))];
    let mut chosen = tokens(&[Ok("home"), Ok("fabrikam")]);
    chosen.tenants = vec![FABRIKAM];
    let rig = Rig::with_tokens(outcomes(), chosen);
    assert_eq!(groups(&rig), Ok(0));
    let asked: Vec<_> = rig
        .tokens
        .asked
        .borrow()
        .iter()
        .map(|asked| asked.tenant.clone())
        .collect();
    assert_eq!(asked, [None, Some(FABRIKAM.to_owned())]);
    let subscription = Some("44444444-4444-4444-8444-444444444444".to_owned());
    assert_eq!(rig.tokens.asked.borrow()[0].subscription, subscription);

    let rig = Rig::with_tokens(outcomes(), tokens(&[Ok("home")]));
    let error = groups(&rig).expect_err("nobody chose it");
    assert_eq!(error.code(), Some("InvalidAuthenticationTokenTenant"), "{error}");
    assert_eq!(rig.script.sent().len(), 1);
}

#[test]
fn t13_a_tenant_that_is_wrong_again_or_was_asked_for_by_the_caller_is_not_asked_about_twice() {
    let mut chosen = tokens(&[Ok("home"), Ok("fabrikam")]);
    chosen.tenants = vec![FABRIKAM];
    let rig = Rig::with_tokens([Ok(wrong_tenant()), Ok(wrong_tenant())], chosen);
    let error = groups(&rig).expect_err("it is wrong again");
    assert_eq!(error.code(), Some("InvalidAuthenticationTokenTenant"), "{error}");
    assert_eq!(rig.script.sent().len(), 2);

    let mut chosen = tokens(&[Ok("tailwind")]);
    chosen.tenants = vec![FABRIKAM];
    let mut rig = Rig::with_tokens([Ok(wrong_tenant())], chosen);
    rig.client = rig.client.for_tenant("tailwindtraders.com");
    assert!(groups(&rig).is_err());
    assert_eq!(rig.script.sent().len(), 1);
}

#[test]
fn a_challenge_only_the_user_can_answer_is_the_credentials_to_report() {
    let rig = Rig::with_tokens(
        [Ok(challenge())],
        tokens(&[Ok("old"), Err(SignInReason::Refused)]),
    );
    assert_eq!(
        list(&rig),
        Err(ArmError::SignInNeeded(SignInNeeded {
            reason: SignInReason::Refused
        }))
    );
    assert_eq!(rig.script.sent().len(), 1);
}

#[test]
fn an_expired_token_asks_for_a_sign_in_and_a_wrong_tenant_keeps_the_services_words() {
    let rig = Rig::new([refusal(401, "ExpiredAuthenticationToken")]);
    assert_eq!(
        list(&rig),
        Err(ArmError::SignInNeeded(SignInNeeded {
            reason: SignInReason::Expired
        }))
    );

    let rig = Rig::new([refusal(401, "InvalidAuthenticationTokenTenant")]);
    let error = list(&rig).expect_err("a failure");
    assert_eq!(error.code(), Some("InvalidAuthenticationTokenTenant"), "{error}");
}

#[test]
fn a_tenant_and_a_header_of_the_caller_go_with_each_request() {
    let mut rig = Rig::new([json(200, r#"{"value":[]}"#)]);
    rig.client = rig
        .client
        .for_tenant("contoso.com")
        .with_header("Accept-Language", "de")
        .with_header("Authorization", "Bearer of-the-caller");
    assert_eq!(list(&rig), Ok(0));
    assert_eq!(
        rig.tokens.asked.borrow()[0].tenant.as_deref(),
        Some("contoso.com")
    );
    let request = &rig.script.requests()[0];
    assert_eq!(request.headers.get("accept-language"), Some("de"));
    assert_eq!(request.headers.get("authorization"), Some("Bearer token-1"));
}

#[test]
fn a_token_that_the_service_refuses_is_given_back_to_whoever_handed_it_out() {
    for (code, expected) in [
        ("AuthenticationFailed", vec!["stale".to_owned()]),
        ("ExpiredAuthenticationToken", vec!["stale".to_owned()]),
        ("InvalidAuthenticationTokenTenant", vec![]),
    ] {
        let rig = Rig::with_tokens([Ok(refusal(401, code))], tokens(&[Ok("stale")]));
        assert!(list(&rig).is_err(), "{code}");
        assert_eq!(*rig.tokens.refused.borrow(), expected, "{code}");
    }
}
