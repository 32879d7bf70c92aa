//! What stands in the place of the list, or above it, when not all is as it should be.

use entra_auth::Prompt;

use super::{
    coverage::{ACTION, Coverage, Unread, request},
    list_query::ListQuery,
    reading::Servers,
};
use crate::{
    components::CopyButton,
    prelude::*,
    problem::ProblemKind,
    session::use_session,
    text,
    ui::{
        button::Button,
        changing::view_of,
        empty_state::{EmptyReason, EmptyState},
        icon::IconName,
        message_bar::{MessageBar, MessageIntent},
    },
};

/// There are servers, and the filters hide all of them.
#[component]
pub fn NoMatch(query: ListQuery) -> impl IntoView {
    view! {
        <EmptyState
            icon=IconName::Filter
            title="No server matches these filters."
            actions=move || view! { <Button on_click=query.clear>"Clear filters"</Button> }
        >
            "Other servers are hidden."
        </EmptyState>
    }
}

/// All was read, and there is none.
#[component]
pub fn NoServer(servers: Servers) -> impl IntoView {
    let listed = servers
        .coverage
        .with_untracked(|coverage| coverage.listed.as_ref().map(Vec::len));
    let read = match listed {
        Some(number) => format!(
            "{} you may read, without a server.",
            text::count(number, "subscription")
        ),
        None => "None of the subscriptions you may read has one.".to_owned(),
    };
    view! {
        <EmptyState
            icon=IconName::Database
            title="No flexible server"
            actions=move || view! { <Button on_click=servers.reading.again>"Refresh"</Button> }
        >
            {read}
            " If you expect one, ask an owner of its subscription for the role Reader. A new server can take some minutes to appear."
        </EmptyState>
    }
}

/// No subscription may be read.
#[component]
pub fn NoAccess(servers: Servers) -> impl IntoView {
    let unread = servers
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
            title="You may not see the servers of any subscription"
            actions=move || view! {
                <CopyRequest unread=unread.clone() />
                <Button icon=IconName::ArrowClockwise on_click=servers.reading.again>"Check again"</Button>
            }
            note=move || view! { <Account /> }
        >
            "The action " <code>{ACTION}</code> " is missing in " {place}
            ". The role Reader holds it; an owner of the subscription can assign it. A new role takes some minutes to work."
        </EmptyState>
    }
}

/// Above the list: what is missing in it.
#[component]
pub fn Missing(servers: Servers) -> impl IntoView {
    let coverage = servers.coverage;
    view_of(move || {
        if let Some(problem) = servers.cut_off.get() {
            let number = servers.all.with(|all| text::count(all.len(), "server"));
            return view! {
                <MessageBar
                    intent=MessageIntent::Error
                    title=format!("Only the first {number} could be read.")
                    actions=move || view! { <Button small=true on_click=servers.reading.again>"Try again"</Button> }
                >
                    {problem.reason} " " {problem.advice}
                </MessageBar>
            }
            .into_any();
        }
        let missing = coverage.get();
        if let Some(title) = missing.partly_failed() {
            return view! { <PartlyFailed title coverage=missing again=servers.reading.again /> }.into_any();
        }
        match missing.unknown {
            // That the sign-in has ended is said by the page, once.
            Some(problem) if problem.kind != ProblemKind::SignIn => view! {
                <MessageBar
                    intent=MessageIntent::Warning
                    title="Whether all subscriptions were read is not known."
                    actions=move || view! { <Button small=true on_click=servers.reading.again>"Check again"</Button> }
                >
                    {problem.reason} " " {problem.advice}
                </MessageBar>
            }
            .into_any(),
            _ => ().into_any(),
        }
    })
}

#[component]
fn PartlyFailed(title: String, coverage: Coverage, again: Callback<()>) -> impl IntoView {
    let advice = coverage.advice();
    let no_access: Vec<Unread> = coverage
        .unread
        .iter()
        .filter(|unread| unread.problem.kind == ProblemKind::NoAccess)
        .cloned()
        .collect();
    let details = coverage
        .unread
        .into_iter()
        .map(|unread| {
            let Unread { name, id, problem } = unread;
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
        .collect_view();
    let has_request = !no_access.is_empty();
    view! {
        <MessageBar
            intent=MessageIntent::Warning
            title
            actions=move || view! {
                <Button small=true on_click=again>"Check again"</Button>
                {has_request.then(|| view! { <CopyRequest unread=no_access.clone() small=true /> })}
            }
        >
            {advice}
            <details class="missing-details problem-details">
                <summary>"Details"</summary>
                <ul>{details}</ul>
            </details>
        </MessageBar>
    }
}

/// Copies the text with which an owner is asked for access.
#[component]
fn CopyRequest(unread: Vec<Unread>, #[prop(optional)] small: bool) -> impl IntoView {
    let account = use_session().account().get_untracked();
    let account = account.map(|account| account.username).unwrap_or_default();
    let subscriptions: Vec<_> = unread
        .into_iter()
        .map(|unread| (unread.id, unread.name))
        .collect();
    let text = request(&account, &subscriptions);
    view! { <CopyButton label="Copy request for an owner" text small /> }
}

/// Whose access it is, and the way to another one's.
#[component]
pub fn Account() -> impl IntoView {
    let session = use_session();
    let account = session.account().get_untracked();
    account.map(|account| {
        let another = move |_| session.sign_in(Some(Prompt::SelectAccount));
        // Who signs in is for the page around the portal to say, where there is one.
        let is_own = session.source().is_none();
        let who = if account.username.is_empty() {
            account.name
        } else {
            account.username
        };
        view! {
            {format!("Signed in as {who}. ")}
            {is_own.then(|| view! { <button type="button" class="link" on:click=another>"Use another account"</button> })}
        }
    })
}
