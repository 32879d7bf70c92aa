//! The main part of a page, and what is said above it on every page.

use entra_auth::{SignInProblem, SignedOutReason};

use crate::{
    prelude::*,
    session::{Wanted, use_session},
    ui::{
        button::Button,
        changing::{view_if, view_of},
        message_bar::{MessageBar, MessageIntent},
    },
};

/// The main part; says first when the sign-in has ended, and leaves the page as it is.
#[component]
pub fn PageMain(children: Children) -> impl IntoView {
    let session = use_session();
    let has_ended = session.has_ended();
    let sign_in = Callback::new(move |()| session.sign_in_again());
    let ended = view_if(has_ended, move || {
        view! {
            <MessageBar
                intent=MessageIntent::Warning
                title="Your sign-in has ended."
                actions=move || view! { <Button small=true on_click=sign_in>"Sign in again"</Button> }
            >
                {why(session.signed_out_reason())} "What you see was read before."
            </MessageBar>
        }
        .into_any()
    });
    let wanted = view_of(
        move || match session.wanted().get().filter(|_| !has_ended.get()) {
            Some(wanted) => wanted_bar(wanted, sign_in),
            None => ().into_any(),
        },
    );
    view! {
        <main class="page-main" id="main" tabindex="0">
            <div class="page-content stack">
                {ended}
                {wanted}
                {children()}
            </div>
        </main>
    }
}

/// Why it has ended, as far as it is not only its time.
fn why(reason: Option<SignedOutReason>) -> &'static str {
    match reason {
        Some(SignedOutReason::Refused) => "Azure no longer accepts it. ",
        Some(SignedOutReason::NotRenewed(problem)) => why_not_renewed(&problem),
        _ => "",
    }
}

fn why_not_renewed(problem: &SignInProblem) -> &'static str {
    match problem {
        SignInProblem::Entra(error) if error.needs_interaction() => {
            "Microsoft Entra wants to see you before it renews it. "
        }
        SignInProblem::Entra(_) => "It could not be renewed: Microsoft Entra answered with an error. ",
        SignInProblem::OtherAccount => "Another account is signed in to Microsoft Entra now. ",
        SignInProblem::NoAnswer | SignInProblem::NotReached => {
            "It could not be renewed: Microsoft Entra was not reached. "
        }
        SignInProblem::NotLoaded => "It could not be renewed: a part of the portal could not be loaded. ",
        SignInProblem::Distrusted(_) => {
            "It could not be renewed: what Microsoft Entra answered is not trusted. "
        }
        _ => "It could not be renewed. ",
    }
}

/// What a sign-in is wanted for while the page goes on.
fn wanted_bar(wanted: Wanted, sign_in: Callback<()>) -> AnyView {
    let there = wanted
        .directory
        .map(|directory| format!(" to {}", directory.name))
        .unwrap_or_default();
    let title = if wanted.is_proof {
        "Azure asks for more proof of who you are."
    } else {
        "You are not signed in to this directory."
    };
    view! {
        <MessageBar
            intent=MessageIntent::Warning
            title
            actions=move || view! { <Button small=true on_click=sign_in>{format!("Sign in{there}")}</Button> }
        >
            "The page stays as it is."
        </MessageBar>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use entra_auth::{Distrust, SignInSettings, refreshed};

    use super::*;

    /// What Entra answers with this error.
    fn entra(code: &str) -> SignInProblem {
        let settings = SignInSettings::v2(
            "https://login.example",
            "common",
            "app",
            "https://app.example/",
            "x",
        );
        let answer = format!(r#"{{"error":"{code}"}}"#);
        match refreshed(&settings, &answer, chrono::DateTime::UNIX_EPOCH) {
            Err(problem @ SignInProblem::Entra(_)) => problem,
            _ => panic!("{code} is an error"),
        }
    }

    #[test]
    fn the_end_of_a_sign_in_has_its_reason_where_it_is_not_only_its_time() {
        let not_renewed = |problem| Some(SignedOutReason::NotRenewed(problem));
        for (reason, expected) in [
            (None, ""),
            (Some(SignedOutReason::Expired), ""),
            (Some(SignedOutReason::Refused), "Azure no longer accepts it. "),
            (
                not_renewed(SignInProblem::OtherAccount),
                "Another account is signed in to Microsoft Entra now. ",
            ),
            (
                not_renewed(SignInProblem::NoAnswer),
                "It could not be renewed: Microsoft Entra was not reached. ",
            ),
            (
                not_renewed(SignInProblem::NotReached),
                "It could not be renewed: Microsoft Entra was not reached. ",
            ),
            (
                not_renewed(entra("login_required")),
                "Microsoft Entra wants to see you before it renews it. ",
            ),
            (
                not_renewed(entra("server_error")),
                "It could not be renewed: Microsoft Entra answered with an error. ",
            ),
            (
                not_renewed(SignInProblem::Distrusted(Distrust::Time)),
                "It could not be renewed: what Microsoft Entra answered is not trusted. ",
            ),
            (
                not_renewed(SignInProblem::NotLoaded),
                "It could not be renewed: a part of the portal could not be loaded. ",
            ),
            (not_renewed(SignInProblem::NoStorage), "It could not be renewed. "),
        ] {
            assert_eq!(why(reason.clone()), expected, "{reason:?}");
        }
    }
}
