//! Parts of the views of problems: the missing action, and what to give to support.

use entra_auth::Prompt;

use crate::{
    access::{self, Asker},
    components::CopyButton,
    prelude::*,
    problem::{MissingAccess, Problem},
    session::Session,
    ui::{
        button::Button,
        empty_state::{EmptyReason, EmptyState},
        icon::IconName,
    },
};

/// *The action … is missing on pg-a. The role Contributor holds it; an owner of rg-a can assign it.*
#[component]
pub fn MissingAction(missing: MissingAccess) -> impl IntoView {
    let resource = access::resource(&missing);
    let name = |name: &str| view! { <span class="name">{name.to_owned()}</span> };
    let on = resource
        .as_ref()
        .map(|resource| view! { " on " {name(resource.name())} });
    view! {
        "The action " <code>{missing.action.clone()}</code> " is missing" {on} ". The role "
        {name(access::role(&missing.action))} " holds it; an owner of " {name(access::owned(resource.as_ref()))}
        " can assign it. A new role takes some minutes to work."
    }
}

/// Copies a text to send to an owner.
#[component]
pub fn CopyRequest(
    missing: MissingAccess,
    request_id: Option<String>,
    #[prop(optional)] small: bool,
) -> impl IntoView {
    let account = use_context::<Session>().and_then(|session| session.account().get_untracked());
    let asker = account.map(|account| Asker {
        username: account.username,
        object_id: account.object_id,
        tenant_id: account.tenant_id,
    });
    let text = access::request(
        std::slice::from_ref(&missing),
        &asker.unwrap_or_default(),
        request_id.as_deref(),
    );
    view! { <CopyButton label="Copy request for an owner" text small /> }
}

/// Why something cannot be read, in its place: what is missing, whom to ask, and a text to send them.
#[component]
pub fn NoAccess(
    problem: Problem,
    /// What it is about: `list of backups`.
    what: &'static str,
    /// Asks for it again.
    again: Callback<()>,
) -> impl IntoView {
    let session = use_context::<Session>();
    let account = session.and_then(|session| Some((session, session.account().get_untracked()?)));
    let (missing, request_id) = (problem.missing.clone(), problem.request_id.clone());
    let words = match missing.clone() {
        Some(missing) => view! { <MissingAction missing /> }.into_any(),
        None => format!(
            "{} {}",
            problem.reason,
            problem.advice.clone().unwrap_or_default()
        )
        .into_any(),
    };
    let actions = move || {
        view! {
            {missing.map(|missing| view! { <CopyRequest missing request_id /> })}
            <Button icon=IconName::ArrowClockwise on_click=again>"Check again"</Button>
        }
    };
    let note = move || {
        let account = account.map(|(session, account)| {
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
        });
        view! { {account} <ProblemDetails problem /> }
    };
    view! {
        <EmptyState
            icon=IconName::LockClosed
            reason=EmptyReason::NoAccess
            title=format!("You may not see the {what}")
            actions
            note
        >
            {words}
        </EmptyState>
    }
}

/// Code, ids and Azure's further words behind *Details*; nothing where there is nothing to give.
#[component]
pub fn ProblemDetails(problem: Problem) -> impl IntoView {
    let ids = [
        ("Code", "Copy code", problem.code),
        ("Request id", "Copy request id", problem.request_id),
        ("Tracking id", "Copy tracking id", problem.tracking_id),
    ];
    let ids: Vec<_> = ids
        .into_iter()
        .filter_map(|(key, copy, value)| Some((key, copy, value?)))
        .collect();
    if ids.is_empty() && problem.more.is_empty() {
        return ().into_any();
    }
    let ids = ids.into_iter().map(|(key, copy, value)| {
        let (text, shown) = (value.clone(), shortened(&value));
        view! {
            <div>
                <dt>{key}</dt>
                <dd><code title=value>{shown}</code> <CopyButton label=copy text icon_only=true small=true /></dd>
            </div>
        }
    });
    let more = problem.more.into_iter().map(|words| view! { <p>{words}</p> });
    view! {
        <details class="problem-details">
            <summary>"Details"</summary>
            {more.collect_view()}
            <dl>{ids.collect_view()}</dl>
        </details>
    }
    .into_any()
}

/// A guid as `7a2d99b9…6b70`; whole in its tooltip and when it is copied.
fn shortened(id: &str) -> String {
    let is_guid = id.len() == 36 && id.is_ascii() && id.as_bytes()[8] == b'-';
    if is_guid {
        format!("{}…{}", &id[..8], &id[32..])
    } else {
        id.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guids_are_shortened_in_the_middle_and_codes_are_not() {
        for (id, expected) in [
            ("7a2d99b9-da65-4470-b782-f608dcd26b70", "7a2d99b9…6b70"),
            ("AuthorizationFailed", "AuthorizationFailed"),
            (
                "UserErrorMissingRequiredPermission_36",
                "UserErrorMissingRequiredPermission_36",
            ),
            ("ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ", "ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ"),
        ] {
            assert_eq!(shortened(id), expected);
        }
    }
}
