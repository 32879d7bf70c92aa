//! Why the service did not take a request, in the form or dialog that sent it.

use leptos::prelude::*;

use crate::{
    problem::Problem,
    ui::message_bar::{MessageBar, MessageIntent},
};

/// What was not done and why; the form stays as it is.
#[component]
pub fn Refusal(title: &'static str, problem: Problem) -> impl IntoView {
    let ids = [("Code", problem.code), ("Request id", problem.request_id)];
    let ids = ids
        .into_iter()
        .filter_map(|(key, value)| Some(format!("{key} {}", value?)));
    let evidence = ids.collect::<Vec<_>>().join(" · ");
    view! {
        <div role="alert">
            <MessageBar intent=MessageIntent::Error stacked=true title>
                <p>{problem.reason} " " {problem.advice}</p>
                <p class="problem-details">{evidence}</p>
            </MessageBar>
        </div>
    }
}
