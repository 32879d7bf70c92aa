//! The *Change policy* pane.

use arm_client::data_protection::{BackupPolicy, Datasource, NewInstance, ProtectionState};
use arm_core::ResourceId;

use super::{
    Page,
    acting::{reason, use_acting},
    allowed::Command,
    backup_now::unread,
    choice::Choice,
    known::Known,
};
use crate::{
    code,
    components::{BELOW_A_PANE, PaneButtons, ShowAsCode},
    prelude::*,
    protection_words,
    services::use_services,
    stores::operations::ProtectionRequest,
    ui::{
        changing::view_of,
        message_bar::{MessageBar, MessageIntent},
        pane::Pane,
    },
};

/// The policies of the vault for this kind of datasource; what the chosen one changes stands below.
#[component]
pub fn ChangePolicy(page: Page, on_close: Callback<()>) -> impl IntoView {
    let acting = use_acting(on_close);
    let fitting = Memo::new(move |_| {
        page.known.data.with(|known| {
            page.policies
                .data
                .with(|policies| fitting(known.as_ref()?, policies.as_deref()?))
        })
    });
    let present = Memo::new(move |_| {
        page.known.data.with(|known| {
            let policy = known.as_ref().and_then(|known| known.instance.policy.clone());
            policy.map(|policy| policy.name().to_owned()).unwrap_or_default()
        })
    });
    let chosen = RwSignal::new(String::new());
    Effect::new(move |_| {
        let present = present.get();
        if chosen.with_untracked(String::is_empty) {
            chosen.set(present);
        }
    });
    // What could not be configured is configured again by the same request.
    let has_failed = Memo::new(move |_| {
        let failed = Some(ProtectionState::ConfiguringFailed);
        page.known
            .data
            .with(|known| known.as_ref().is_some_and(|known| known.instance.state == failed))
    });
    let new = move || -> Option<NewInstance> {
        let policy = fitting.with(|fitting| {
            let policies = fitting.as_ref()?.iter();
            let mut policies = policies.filter(|policy| chosen.with(|chosen| policy.name == *chosen));
            Some(policies.next()?.id.clone())
        })?;
        page.known
            .data
            .with(|known| new_instance(known.as_ref()?, policy))
    };
    let reason_not_to = Signal::derive(move || {
        let same = || {
            let is_same =
                chosen.with(|chosen| present.with(|present| chosen == present)) && !has_failed.get();
            is_same.then(|| "It has this policy. Choose another one.".to_owned())
        };
        let nothing = || {
            let words = "Azure does not tell enough of the instance to change its policy here.";
            new().is_none().then(|| words.to_owned())
        };
        reason(page, Command::ChangePolicy).or_else(same).or_else(nothing)
    });
    let on_act = Callback::new(move |()| {
        if reason_not_to.with_untracked(Option::is_none)
            && let Some(new) = untrack(new)
        {
            acting.ask(page.id.get_value(), ProtectionRequest::ChangePolicy(new));
        }
    });
    let origin = StoredValue::new(use_services().config.arm.clone());
    let samples = Signal::derive(move || {
        let of = |new: &NewInstance| {
            let (vault, name) = (
                page.vault_id.get_value(),
                page.id.with_value(|id| id.name().to_owned()),
            );
            origin.with_value(|origin| code::protection::configure(origin, &vault, &name, new))
        };
        new().as_ref().map(of).unwrap_or_default()
    });
    let choices = move || {
        view_of(move || match fitting.get() {
            Some(policies) => list(&policies, &present.get(), chosen),
            None => unread(page),
        })
    };
    let changes = move || {
        view_of(move || {
            let (chosen, present) = (chosen.get(), present.get());
            fitting.with(|fitting| {
                let of = |name: &str| fitting.iter().flatten().find(|policy| policy.name == name);
                match (of(&present), of(&chosen)) {
                    (Some(before), Some(after)) if before.id != after.id => changed(before, after),
                    _ => ().into_any(),
                }
            })
        })
    };
    view! {
        <Pane
            title="Change policy"
            on_close
            inert=BELOW_A_PANE
            footer=move || {
                view_of(move || {
                    let act = if has_failed.get() { "Configure again" } else { "Change policy" };
                    view! { <PaneButtons act on_act busy=acting.is_requesting reason_not_to on_cancel=on_close /> }
                        .into_any()
                })
            }
        >
            <p>
                "Another policy holds for new recovery points. Those that are there keep the time until which they are kept."
            </p>
            {choices()}
            {changes()}
            {acting.refusal("The policy was not changed")}
            <div class="pane-code"><ShowAsCode label="Protect it by this policy" samples /></div>
        </Pane>
    }
}

/// The policies for what the instance protects.
fn fitting(known: &Known, policies: &[BackupPolicy]) -> Option<Vec<BackupPolicy>> {
    let kind = known.kind()?;
    let fitting = policies.iter().filter(|policy| policy.is_for(kind));
    Some(fitting.cloned().collect())
}

/// The instance as it is to be sent, by another policy.
fn new_instance(known: &Known, policy: ResourceId) -> Option<NewInstance> {
    Some(NewInstance {
        datasource: Datasource {
            kind: known.kind()?,
            id: known.instance.source.clone()?,
            location: known.instance.source_location.clone()?,
        },
        policy,
        secret: known.instance.secret.clone(),
    })
}

fn list(policies: &[BackupPolicy], present: &str, chosen: RwSignal<String>) -> AnyView {
    let choice = |policy: &BackupPolicy| {
        let now = if policy.name == present { " (now)" } else { "" };
        let more = format!(
            "{}. {}.",
            protection_words::schedule(&policy.rules),
            protection_words::retention(&policy.rules)
        );
        let name = format!("{}{now}", policy.name);
        view! { <Choice group="policy" value=policy.name.clone() name more=Signal::stored(more) chosen /> }
    };
    let only = (policies.len() < 2).then(|| {
        view! { <p>"The vault has no other policy for this kind of datasource. Make one on the vault\u{2019}s page."</p> }
    });
    view! {
        <fieldset class="choices">
            <legend>"Backup policy"</legend>
            {policies.iter().map(choice).collect_view()}
        </fieldset>
        {only}
    }
    .into_any()
}

/// What is another than before.
fn changed(before: &BackupPolicy, after: &BackupPolicy) -> AnyView {
    let both = |words: fn(&arm_client::data_protection::PolicyRules) -> String| {
        (words(&before.rules), words(&after.rules))
    };
    let changes = [
        ("Schedule", both(protection_words::schedule)),
        ("Retention", both(protection_words::retention)),
    ];
    let changes = changes.into_iter().filter(|(_, (before, after))| before != after);
    let changes: Vec<_> = changes
        .map(|(key, (before, after))| view! { <p>{format!("{key}: {after}. Before: {before}.")}</p> })
        .collect();
    if changes.is_empty() {
        let words = "Schedule and retention are the same as now.";
        return view! { <MessageBar title="Nothing but the name changes.">{words}</MessageBar> }.into_any();
    }
    view! {
        <MessageBar intent=MessageIntent::Tint stacked=true title="What changes">{changes}</MessageBar>
    }
    .into_any()
}
