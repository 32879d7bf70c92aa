//! Why the service did not take a request, in the form or dialog that sent it.

use crate::{
    components::problem_parts::{CopyRequest, MissingAction, ProblemDetails},
    hooks::Rights,
    prelude::*,
    problem::{Problem, ProblemKind},
    session::Session,
    ui::button::Button,
    ui::message_bar::{MessageBar, MessageIntent},
};

/// What was not done and why; the form stays as it is.
#[component]
pub fn Refusal(title: &'static str, problem: Problem) -> impl IntoView {
    let words = match problem.missing.clone() {
        Some(missing) => view! { <MissingAction missing /> }.into_any(),
        None => view! { {problem.reason.clone()} " " {problem.advice.clone()} }.into_any(),
    };
    // What was allowed when it was read is not any more.
    if let Some(rights) = use_context::<Rights>().filter(|_| problem.missing.is_some()) {
        rights.read_again();
    }
    let (missing, request_id) = (problem.missing.clone(), problem.request_id.clone());
    // A pane covers the page's own word that the sign-in has ended.
    let session = use_context::<Session>().filter(|_| problem.kind == ProblemKind::SignIn);
    let sign_in = session.map(|session| Callback::new(move |()| session.sign_in_again()));
    let actions = move || {
        view! {
            {missing.map(|missing| view! { <CopyRequest missing request_id small=true /> })}
            {sign_in.map(|sign_in| view! { <Button small=true on_click=sign_in>"Sign in again"</Button> })}
        }
    };
    view! {
        <div role="alert">
            <MessageBar intent=MessageIntent::Error stacked=true title actions>
                <p>{words}</p>
                <ProblemDetails problem />
            </MessageBar>
        </div>
    }
}
