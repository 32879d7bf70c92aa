//! What stands in the place of a list of all subscriptions, or above it, where not all of them are read.

use std::sync::Arc;

use crate::{
    components::CopyButton,
    pages::servers::list::{
        coverage::{Coverage, Unread, request_for},
        states::Account,
    },
    prelude::*,
    problem::ProblemKind,
    session::use_session,
    ui::{
        button::Button,
        changing::view_of,
        empty_state::{EmptyReason, EmptyState},
        icon::IconName,
        message_bar::{MessageBar, MessageIntent},
    },
};

/// A list of all subscriptions.
#[derive(Clone, Copy)]
pub struct Listing {
    /// Which subscriptions are read.
    pub coverage: Memo<Arc<Coverage>>,
    /// Reads again.
    pub again: Callback<()>,
    /// What it is of: `backup vaults`.
    pub what: &'static str,
    /// What a role must hold for them to be listed.
    pub action: &'static str,
}

/// No subscription may be read.
#[component]
pub fn NoAccess(listing: Listing) -> impl IntoView {
    let Listing { what, action, .. } = listing;
    let unread = listing
        .coverage
        .with_untracked(|coverage| coverage.unread.clone());
    let names: Vec<String> = unread.iter().map(|unread| unread.name.clone()).collect();
    let place = match &names[..] {
        [] => "every subscription of this directory".to_owned(),
        names => names.join(", "),
    };
    view! {
        <EmptyState
            icon=IconName::LockClosed
            reason=EmptyReason::NoAccess
            title=format!("You may not see the {what} of any subscription")
            actions=move || view! {
                <CopyRequest listing unread=unread.clone() />
                <Button icon=IconName::ArrowClockwise on_click=listing.again>"Check again"</Button>
            }
            note=move || view! { <Account /> }
        >
            "The action " <code>{action}</code> " is missing in " {place}
            ". The role Reader holds it; an owner of the subscription can assign it. A new role takes some minutes to work."
        </EmptyState>
    }
}

/// Above the list: what is missing in it.
#[component]
pub fn Missing(listing: Listing) -> impl IntoView {
    view_of(move || {
        let Listing { again, coverage, .. } = listing;
        let coverage = coverage.get();
        if let Some(title) = coverage.partly_failed() {
            return partly_failed(listing, title, &coverage);
        }
        match coverage.unknown.clone() {
            // That the sign-in has ended is said by the page, once.
            Some(problem) if problem.kind != ProblemKind::SignIn => view! {
                <MessageBar
                    intent=MessageIntent::Warning
                    title="Whether all subscriptions were read is not known."
                    actions=move || view! { <Button small=true on_click=again>"Check again"</Button> }
                >
                    {problem.reason} " " {problem.advice}
                </MessageBar>
            }
            .into_any(),
            _ => ().into_any(),
        }
    })
}

fn partly_failed(listing: Listing, title: String, coverage: &Coverage) -> AnyView {
    let again = listing.again;
    let is_of_access = |unread: &&Unread| unread.problem.kind == ProblemKind::NoAccess;
    let no_access: Vec<Unread> = coverage.unread.iter().filter(is_of_access).cloned().collect();
    let details: Vec<_> = coverage
        .unread
        .iter()
        .map(|unread| {
            let Unread { name, id, problem } = unread.clone();
            let request_id = problem
                .request_id
                .map(|id| view! { " Request id " <code>{id}</code> });
            view! {
                <li>
                    <strong>{name}</strong> " " <code>{id}</code> ". " {problem.reason}
                    {request_id}
                </li>
            }
        })
        .collect();
    let (has_request, advice) = (!no_access.is_empty(), coverage.advice());
    view! {
        <MessageBar
            intent=MessageIntent::Warning
            title
            actions=move || view! {
                <Button small=true on_click=again>"Check again"</Button>
                {has_request.then(|| view! { <CopyRequest listing unread=no_access.clone() small=true /> })}
            }
        >
            {advice}
            <details class="missing-details problem-details">
                <summary>"Details"</summary>
                <ul>{details}</ul>
            </details>
        </MessageBar>
    }
    .into_any()
}

/// Copies the text with which an owner is asked for access.
#[component]
fn CopyRequest(listing: Listing, unread: Vec<Unread>, #[prop(optional)] small: bool) -> impl IntoView {
    let account = use_session().account().get_untracked();
    let account = account.map(|account| account.username).unwrap_or_default();
    let subscriptions: Vec<_> = unread
        .into_iter()
        .map(|unread| (unread.id, unread.name))
        .collect();
    let text = request_for(listing.what, listing.action, &account, &subscriptions);
    view! { <CopyButton label="Copy request for an owner" text small /> }
}
