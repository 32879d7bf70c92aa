//! Why something could not be validated, or is not protected: Azure's words, taken apart.

mod unpack;

use arm_client::ArmError;
use arm_core::ResourceId;

use self::unpack::{Part, Unpacked, unpack};
use super::doctor::place;
use crate::{
    access,
    components::{CopyButton, Refusal, problem_parts::ProblemDetails},
    location::link,
    prelude::*,
    problem::{MissingAccess, Problem},
    routes,
    ui::{
        message_bar::{MessageBar, MessageIntent},
        names::with_names,
    },
};

/// What Azure said, who lacks what where, what holds the datasource already, what Azure recommends, and ids to copy.
#[component]
pub fn ProtectionProblem(
    /// What did not come about: `pg-a cannot be protected`.
    #[prop(into)]
    title: String,
    /// Why.
    error: ArmError,
    /// The identity of the vault: its object id and the vault's name; whose rights are missing is told by it.
    #[prop(optional_no_strip)]
    identity: Option<(String, String)>,
    /// Small buttons below.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
) -> impl IntoView {
    let mut problem = Problem::in_full(&error);
    let Some(service) = error.service_error() else {
        return view! { <Refusal title="Azure was not reached" problem /> }.into_any();
    };
    let unpacked = unpack(service);
    // They are told by their parts below.
    problem.more.clear();
    let sentence = match unpacked.title {
        // Azure's own sentence is the vault's id, which stands as a link below.
        Some(why) if unpacked.vault.is_some() => format!("{why}."),
        Some(why) => format!("{why}. {}", problem.reason),
        None => problem.reason.clone(),
    };
    let advice = problem.advice.clone().filter(|_| unpacked.recommended.is_empty());
    let activity_id = unpacked.activity_id.clone();
    view! {
        <div role="alert">
            <MessageBar
                intent=MessageIntent::Error
                stacked=true
                title
                actions=move || actions.map(|actions| actions.run())
            >
                <p>{with_names(&sentence)} " " {advice}</p>
                {lack(&unpacked, identity)}
                {holder(&unpacked)}
                {recommended(&unpacked)}
                {activity_id.map(activity)}
                <ProblemDetails problem />
            </MessageBar>
        </div>
    }
    .into_any()
}

/// Who lacks which action where.
fn lack(unpacked: &Unpacked, identity: Option<(String, String)>) -> AnyView {
    let Some(missing) = unpacked.missing.clone() else {
        return ().into_any();
    };
    let who = unpacked.who.clone().map(|who| {
        let known = identity.filter(|(principal, _)| principal.eq_ignore_ascii_case(&who));
        let name = match known {
            Some((_, vault)) => view! { "The identity of vault " <span class="name">{vault}</span> }.into_any(),
            None => view! { <code>{who.clone()}</code> }.into_any(),
        };
        view! { <div><dt>"Who"</dt><dd>{name} " " <CopyButton label="Copy object id" text=who icon_only=true small=true /></dd></div> }
    });
    let MissingAccess { action, scope } = missing.clone();
    let at = scope.map(|scope| {
        let resource = access::resource(&missing);
        let shown = match resource.as_ref().map(place) {
            Some((kind, name)) => view! { {kind} " " <span class="name">{name.to_owned()}</span> }.into_any(),
            None => view! { <code>{scope.clone()}</code> }.into_any(),
        };
        view! { <div><dt>"Scope"</dt><dd>{shown} " " <CopyButton label="Copy scope" text=scope icon_only=true small=true /></dd></div> }
    });
    view! {
        <dl class="pane-facts lack">
            {who}
            <div>
                <dt>"Lacks"</dt>
                <dd><code>{action.clone()}</code> " " <CopyButton label="Copy action" text=action icon_only=true small=true /></dd>
            </div>
            {at}
        </dl>
    }
    .into_any()
}

/// The vault and the instance that have the datasource.
fn holder(unpacked: &Unpacked) -> AnyView {
    let Some(vault) = unpacked.vault.as_ref() else {
        return ().into_any();
    };
    let instance = unpacked.instance.as_ref().and_then(|instance| {
        let path = routes::instance(instance)?;
        Some(view! { " as " <a href=link(&path)>{instance.name().to_owned()}</a> })
    });
    view! { <p>"It is in vault " <a href=link(&routes::vault(vault))>{vault.name().to_owned()}</a> {instance} "."</p> }
        .into_any()
}

fn recommended(unpacked: &Unpacked) -> AnyView {
    let actions = unpacked.recommended.iter();
    let actions = actions.map(|action| view! { <p>{action.iter().map(part).collect_view()}</p> });
    if unpacked.recommended.is_empty() {
        return ().into_any();
    }
    view! { <p class="recommended">"Azure recommends:"</p> {actions.collect_view()} }.into_any()
}

fn part(part: &Part) -> AnyView {
    match part {
        Part::Words(words) => words.clone().into_any(),
        Part::Page(url) => {
            let (url, href) = (url.clone(), url.clone());
            view! { <a href=href target="_blank" rel="noopener noreferrer">{url}</a> }.into_any()
        }
        Part::Resource(id) => resource(id),
    }
}

/// A vault leads to its page; of anything else its name stands for the id.
fn resource(id: &ResourceId) -> AnyView {
    let kind = id.resource_type().unwrap_or_default();
    let (name, title) = (id.name().to_owned(), id.to_string());
    if kind.eq_ignore_ascii_case(routes::BACKUP_VAULT) {
        return view! { <a href=link(&routes::vault(id)) title=title>{name}</a> }.into_any();
    }
    view! { <span class="name" title=title>{name}</span> }.into_any()
}

/// What Azure Backup's support asks for.
fn activity(id: String) -> AnyView {
    view! {
        <p class="caption">
            "Activity id " <code>{id.clone()}</code> " "
            <CopyButton label="Copy activity id" text=id icon_only=true small=true />
        </p>
    }
    .into_any()
}
