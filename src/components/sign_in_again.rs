//! *Sign in again*: in a window beside the page, which keeps what is typed and goes on with what runs.

use entra_auth::SignInProblem;
use leptos::html;

use super::signed_out::words_of;
use crate::{
    prelude::*,
    session::Session,
    ui::{
        button::{Button, ButtonAppearance},
        changing::view_of,
        focus::{focus, return_focus_on_cleanup},
        live_region::LiveRegion,
    },
};

#[derive(Clone, PartialEq, Eq)]
enum Attempt {
    /// The window is open.
    Waiting,
    /// This came of it.
    Failed(SignInProblem),
}

/// A modal dialog, open as long as it is mounted; the window opens with it.
#[component]
pub fn SignInAgain(session: Session) -> impl IntoView {
    let attempt = RwSignal::new(Attempt::Waiting);
    let asked = StoredValue::new(session.asked_beside());
    // Only beside the page is a token of another directory worth anything: this one would be left without its own.
    let directory = move || asked.get_value().and_then(|asked| asked.directory);
    let dialog = NodeRef::<html::Dialog>::new();
    let source = StoredValue::new(session.source());
    // It ends with the dialog, and the window closes; not with the button that began it, which goes at once.
    let owner = StoredValue::new(Owner::current().map(|owner| owner.downgrade()));
    let begin = Callback::new(move |()| {
        attempt.set(Attempt::Waiting);
        let attempted = async move {
            match session.signed_in_beside(asked.get_value()).await {
                Ok(()) => session.close_beside(),
                Err(problem) => attempt.set(Attempt::Failed(problem)),
            }
        };
        if let Some(owner) = owner.get_value().and_then(|owner| owner.upgrade()) {
            owner.with(|| spawn_local_scoped_with_cancellation(attempted));
        }
    });
    begin.run(());
    let cancel = Callback::new(move |()| session.leave_beside(asked.get_value()));
    let here = Callback::new(move |()| session.sign_in(None));
    return_focus_on_cleanup();
    let close = StoredValue::new_local(None::<web_sys::HtmlDialogElement>);
    on_cleanup(move || {
        if let Some(Some(dialog)) = close.try_get_value() {
            dialog.close();
        }
    });
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if !dialog.open() && dialog.show_modal().is_ok() {
            focus(&dialog);
            close.set_value(Some(dialog));
        }
    });
    view! {
        <dialog
            class="dialog"
            aria-labelledby="sign-in-again-title"
            aria-describedby="sign-in-again-body"
            tabindex="-1"
            on:cancel=move |event: web_sys::Event| {
                event.prevent_default();
                cancel.run(());
            }
            node_ref=dialog
        >
            {view_of(move || {
                let name = directory().map(|directory| directory.name);
                let source = source.get_value();
                // Only Entra has a window of its own to leave this page for.
                let is_home = name.is_none() && source.is_none();
                let words = words(&attempt.get(), name, source);
                let again = words.can_try_again.then(|| {
                    view! { <Button appearance=ButtonAppearance::Primary on_click=begin>"Try again"</Button> }
                });
                view! {
                    <h2 class="dialog-title" id="sign-in-again-title">{words.title}</h2>
                    <div class="dialog-body" id="sign-in-again-body" role="status">
                        <p>{words.sentence}</p>
                        {is_home.then(|| view! { <p>{LEAVING}</p> })}
                    </div>
                    {(!words.details.is_empty()).then(|| {
                        let lines = words.details.into_iter().map(|line| view! { <p>{line}</p> });
                        view! { <details><summary>"Details"</summary>{lines.collect_view()}</details> }
                    })}
                    <div class="dialog-buttons">
                        {again}
                        {is_home.then(|| view! { <Button on_click=here>"Sign in in this window"</Button> })}
                        <Button on_click=cancel>"Cancel"</Button>
                    </div>
                }
                .into_any()
            })}
            <LiveRegion />
        </dialog>
    }
}

struct Words {
    title: String,
    sentence: String,
    /// What support asks for.
    details: Vec<String>,
    can_try_again: bool,
}

/// What leaving the page would cost.
const LEAVING: &str = "You can sign in in this window instead and come back to this page; what you typed on it and did not send is lost then.";

const FAILED: &str = "The sign-in did not succeed";

/// `directory` is the name of another directory than the home, if the sign-in is to that; `source` is who signs the user
/// in where that is not Entra.
fn words(attempt: &Attempt, directory: Option<String>, source: Option<String>) -> Words {
    let Attempt::Failed(problem) = attempt else {
        let sentence = match source {
            Some(source) => format!("{source}, the page around the portal, is asked for access to Azure."),
            None => {
                "Sign in in the window that has opened. This page stays as it is, with what you typed and \
                     what you started."
                    .to_owned()
            }
        };
        return Words {
            title: directory.map_or_else(|| "Sign in again".to_owned(), |name| format!("Sign in to {name}")),
            sentence,
            details: vec![],
            can_try_again: false,
        };
    };
    let (title, sentence) = match problem {
        SignInProblem::NoWindow => (
            "The browser opened no window",
            "Allow windows of this site, then try again.",
        ),
        SignInProblem::NoAnswer => ("The sign-in took too long", "No answer came within five minutes."),
        SignInProblem::OtherAccount => (
            "Another account signed in",
            "This page belongs to the account that was signed in before. Try again with that one.",
        ),
        SignInProblem::Entra(error) if error.was_cancelled() => (FAILED, "You cancelled it."),
        SignInProblem::Source { code, message } => {
            let source = source.unwrap_or_default();
            return Words {
                title: FAILED.to_owned(),
                sentence: format!(
                    "{source}, the page around the portal, gave no access to Azure. It says: {message} ({code}). This page \
                     stays as it is. Sign in there again if it asks you to, then try again."
                ),
                details: vec![],
                can_try_again: true,
            };
        }
        problem => {
            let (sentence, details) = words_of(problem);
            return Words {
                title: FAILED.to_owned(),
                sentence,
                details,
                can_try_again: true,
            };
        }
    };
    Words {
        title: title.to_owned(),
        sentence: sentence.to_owned(),
        details: vec![],
        can_try_again: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_of_the_window_is_said_with_the_way_on() {
        let there = words(&Attempt::Waiting, Some("Fabrikam".to_owned()), None);
        assert_eq!(there.title, "Sign in to Fabrikam");
        assert!(
            !words(&Attempt::Waiting, None, None).can_try_again,
            "the window is open"
        );
        for (problem, title, sentence) in [
            (
                SignInProblem::NoWindow,
                "The browser opened no window",
                "Allow windows of this site, then try again.",
            ),
            (
                SignInProblem::NoAnswer,
                "The sign-in took too long",
                "No answer came within five minutes.",
            ),
            (
                SignInProblem::OtherAccount,
                "Another account signed in",
                "This page belongs to the account that was signed in before. Try again with that one.",
            ),
            (
                SignInProblem::NotLoaded,
                "The sign-in did not succeed",
                "A part of the portal could not be loaded. Check the connection, then sign in again.",
            ),
        ] {
            let words = words(&Attempt::Failed(problem), None, None);
            assert_eq!((words.title.as_str(), words.sentence.as_str()), (title, sentence));
            assert!(words.can_try_again, "{title}");
        }
    }

    #[test]
    fn a_page_that_gives_no_token_is_named_with_what_it_said() {
        let source = || Some("portal.contoso.com".to_owned());
        let waiting = words(&Attempt::Waiting, None, source());
        assert_eq!(
            waiting.sentence,
            "portal.contoso.com, the page around the portal, is asked for access to Azure."
        );
        let problem = SignInProblem::Source {
            code: "interaction_required".to_owned(),
            message: "Sign in again.".to_owned(),
        };
        let failed = words(&Attempt::Failed(problem), None, source());
        assert_eq!(
            failed.sentence,
            "portal.contoso.com, the page around the portal, gave no access to Azure. It says: Sign in again. \
             (interaction_required). This page stays as it is. Sign in there again if it asks you to, then try again."
        );
        assert!(failed.can_try_again);
    }
}
