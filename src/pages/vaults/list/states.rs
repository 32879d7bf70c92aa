//! What stands in the place of the list, or above it, when not all is as it should be.

use super::Vaults;
use crate::{
    components::CopyButton,
    pages::servers::list::{
        coverage::{Coverage, Unread, request_for},
        states::Account,
    },
    prelude::*,
    problem::ProblemKind,
    session::use_session,
    text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::view_of,
        empty_state::{EmptyReason, EmptyState},
        icon::IconName,
        message_bar::{MessageBar, MessageIntent},
    },
};

/// What a role must hold for a subscription's vaults to be listed.
const ACTION: &str = "Microsoft.DataProtection/backupVaults/read";

/// There are vaults, and the filters hide all of them.
#[component]
pub fn NoMatch(on_clear: Callback<()>) -> impl IntoView {
    view! {
        <EmptyState
            icon=IconName::Filter
            title="No vault matches these filters."
            actions=move || view! { <Button on_click=on_clear>"Clear filters"</Button> }
        >
            "Other vaults are hidden."
        </EmptyState>
    }
}

/// All was read, and there is none.
#[component]
pub fn NoVault(vaults: Vaults, on_create: Callback<()>) -> impl IntoView {
    let listed = vaults
        .coverage
        .with_untracked(|coverage| coverage.listed.as_ref().map(Vec::len));
    let read = match listed {
        Some(number) => format!(
            "{} you may read, without a vault.",
            text::count(number, "subscription")
        ),
        None => "None of the subscriptions you may read has one.".to_owned(),
    };
    view! {
        <EmptyState
            icon=IconName::Vault
            title="No backup vault"
            actions=move || {
                view! {
                    <Button appearance=ButtonAppearance::Primary icon=IconName::Add on_click=on_create>
                        "Create vault"
                    </Button>
                    <Button on_click=vaults.reading.again>"Refresh"</Button>
                }
            }
        >
            {read}
            " A backup vault keeps long-lived copies of servers and databases outside of them, in the same region. A new vault can take some minutes to appear."
        </EmptyState>
    }
}

/// No subscription may be read.
#[component]
pub fn NoAccess(vaults: Vaults) -> impl IntoView {
    let unread = vaults.coverage.with_untracked(|coverage| coverage.unread.clone());
    let names: Vec<String> = unread.iter().map(|unread| unread.name.clone()).collect();
    let place = match &names[..] {
        [] => "every subscription of this directory".to_owned(),
        names => names.join(", "),
    };
    view! {
        <EmptyState
            icon=IconName::LockClosed
            reason=EmptyReason::NoAccess
            title="You may not see the backup vaults of any subscription"
            actions=move || view! {
                <CopyRequest unread=unread.clone() />
                <Button icon=IconName::ArrowClockwise on_click=vaults.reading.again>"Check again"</Button>
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
pub fn Missing(vaults: Vaults) -> impl IntoView {
    view_of(move || {
        let again = vaults.reading.again;
        let coverage = vaults.coverage.get();
        if let Some(title) = coverage.partly_failed() {
            return partly_failed(title, &coverage, again);
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

fn partly_failed(title: String, coverage: &Coverage, again: Callback<()>) -> AnyView {
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
    .into_any()
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
    let text = request_for("backup vaults", ACTION, &account, &subscriptions);
    view! { <CopyButton label="Copy request for an owner" text small /> }
}
