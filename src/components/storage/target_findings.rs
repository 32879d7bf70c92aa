//! What stands in the way of restoring files to a container, and how it is mended in place.

use arm_client::{
    data_protection::BackupVault,
    storage::{ContainerName, TargetRule},
};
use arm_core::ResourceId;
use leptos::html;

use super::{
    target_questions::{Asked, question},
    target_reading::{Place, TargetReading, Verdict, use_target_reading},
    target_state::state,
};
use crate::{
    code::{Look, look_at_target},
    components::{
        CodeOf, Findings, Refusal,
        protection::{PermissionDoctor, TurnIdentityOn},
    },
    findings::{FixAct, Severity, restore},
    prelude::*,
    problem::Problem,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{view_if, view_of},
        disclosure::Disclosure,
        focus::{active_element, focus},
        icon::IconName,
        live_region::announce,
    },
};

/// Where files are to be restored to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilesTarget {
    /// The storage account.
    pub account: ResourceId,
    /// The container.
    pub container: ContainerName,
    /// What the names of the files will begin with; empty as long as that is not settled.
    pub prefix: String,
}

/// What only the form can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choose {
    /// Another storage account.
    Account,
    /// Another file prefix.
    Prefix,
}

/// Looks at the target whenever it is another one, and tells what stands in the way.
#[component]
pub fn TargetFindings(
    /// What is to be restored.
    instance: ResourceId,
    /// The vault that restores, once it is known.
    #[prop(into)]
    vault: Signal<Option<BackupVault>>,
    /// Where to, once it is known.
    #[prop(into)]
    target: Signal<Option<FilesTarget>>,
    /// Called with what the looking has come to, whenever that is something else.
    on_verdict: Callback<Verdict>,
    /// Called with the vault once it was changed here.
    on_vault: Callback<BackupVault>,
    /// Called where something else is to be chosen: the form puts the focus there.
    on_choose: Callback<Choose>,
) -> impl IntoView {
    // As it was changed here, until the form knows it so.
    let changed = RwSignal::new(None::<BackupVault>);
    Effect::watch(move || vault.get(), move |_, _, _| changed.set(None), false);
    let vault = Memo::new(move |_| changed.get().or_else(|| vault.get()));
    let on_vault = Callback::new(move |vault: BackupVault| {
        changed.set(Some(vault.clone()));
        on_vault.run(vault);
    });
    let instance = StoredValue::new(instance);
    let prefix = Memo::new(move |_| {
        let prefix = target.with(|target| target.as_ref().map(|target| target.prefix.clone()));
        prefix.unwrap_or_default()
    });
    let place = Memo::new(move |_| {
        let (vault, target) = (vault.get()?, target.get()?);
        Some(Place {
            location: vault.location.unwrap_or_default(),
            vault: vault.id,
            principal: vault.principal_id,
            account: target.account,
            container: target.container,
        })
    });
    Effect::new(move |_| {
        if place.with(Option::is_none) {
            on_verdict.run(Verdict::Checking);
        }
    });
    view! {
        <div class="target">
            {identity(vault, on_vault)}
            {view_of(move || match place.get() {
                Some(place) => {
                    let reading = use_target_reading(instance.get_value(), place, vault, prefix, on_verdict);
                    view! { <OfPlace reading vault prefix on_vault on_choose /> }.into_any()
                }
                None => ().into_any(),
            })}
        </div>
    }
}

/// The vault's identity, where it had none when it was first looked at.
fn identity(vault: Memo<Option<BackupVault>>, on_vault: Callback<BackupVault>) -> AnyView {
    let lacking = Memo::new(move |before: Option<&Option<ResourceId>>| {
        let before = before.cloned().flatten();
        vault.with(|vault| {
            let vault = vault.as_ref()?;
            let stays = vault.principal_id.is_none() || before.as_ref() == Some(&vault.id);
            stays.then(|| vault.id.clone())
        })
    });
    view_of(move || match lacking.get() {
        Some(vault) => view! { <TurnIdentityOn vault on_done=on_vault /> }.into_any(),
        None => ().into_any(),
    })
}

#[component]
fn OfPlace(
    reading: TargetReading,
    vault: Memo<Option<BackupVault>>,
    prefix: Memo<String>,
    on_vault: Callback<BackupVault>,
    on_choose: Callback<Choose>,
) -> impl IntoView {
    let asked = RwSignal::new(None::<Asked>);
    let on_fix = Callback::new(move |act| match act {
        FixAct::ChangeAccount(rule) => {
            let change = untrack(|| reading.change(rule, vault.get().as_ref()?));
            asked.set(change.map(|change| Asked::Change(rule, change)));
        }
        FixAct::CreateContainer => asked.set(Some(Asked::Container)),
        FixAct::AllowOtherSubscriptions => asked.set(Some(Asked::Subscriptions)),
        FixAct::ChooseAccount => on_choose.run(Choose::Account),
        FixAct::ChoosePrefix => on_choose.run(Choose::Prefix),
        FixAct::CheckAgain => reading.again.run(()),
        FixAct::TurnIdentityOn | FixAct::ShowMissingRoles | FixAct::ShowInList => {}
    });
    let place = NodeRef::<html::Div>::new();
    speak_of_what_is_mended(reading, place);
    // What the doctor and the bar above tell is not told twice.
    let shown = Memo::new(move |_| {
        let mut found = reading.found.get();
        found.retain(|finding| !restore::TOLD_ELSEWHERE.contains(&finding.id));
        found
    });
    view! {
        <div class="target" tabindex="-1" node_ref=place>
            {state(reading, prefix)}
            <Findings label="Checks of the target" findings=shown on_fix />
            {rights(reading)}
            {not_read_again(reading)}
            {by_hand(reading, prefix)}
            <div>
                <Button
                    appearance=ButtonAppearance::Subtle
                    icon=IconName::ArrowClockwise
                    busy=reading.is_loading
                    on_click=reading.again
                >
                    "Check the target again"
                </Button>
            </div>
        </div>
        {view_of(move || match asked.get() {
            Some(asked_for) => question(asked_for, asked, reading, vault, on_vault),
            None => ().into_any(),
        })}
    }
}

/// Says it, and takes the focus where it was lost with the button that mended it.
fn speak_of_what_is_mended(reading: TargetReading, place: NodeRef<html::Div>) {
    let mended = Memo::new(move |_| {
        reading.found.with(|found| {
            let mended = found
                .iter()
                .filter(|finding| finding.severity == Severity::Mended);
            mended.map(|finding| finding.title.clone()).collect::<Vec<_>>()
        })
    });
    Effect::watch(
        move || mended.get(),
        move |now, before, _| {
            let before = before.map(Vec::as_slice).unwrap_or_default();
            let mut new = now.iter().filter(|title| !before.contains(title)).peekable();
            if new.peek().is_none() {
                return;
            }
            let titles: Vec<_> = new.cloned().collect();
            announce(&format!("{}.", titles.join(". ")), false);
            request_animation_frame(move || {
                let is_lost = active_element().is_none();
                if let Some(place) = place.try_get_untracked().flatten().filter(|_| is_lost) {
                    focus(&place);
                }
            });
        },
        false,
    );
}

/// The permission doctor, once something was missing or nobody could tell; it stays, so that its countdown goes on.
fn rights(reading: TargetReading) -> AnyView {
    let is_needed = Memo::new(move |before: Option<&bool>| {
        before == Some(&true)
            || reading.found.with(|found| {
                let mut found = found.iter();
                found.any(|finding| finding.id == TargetRule::Role.id())
            })
    });
    view_of(move || {
        let doctor = reading.doctor.filter(|_| is_needed.get());
        doctor
            .map(|doctor| view! { <PermissionDoctor doctor /> })
            .into_any()
    })
}

/// What stands there was read before; the last reading failed.
fn not_read_again(reading: TargetReading) -> AnyView {
    view_of(move || {
        let problem = reading.stale.with(|error| error.as_ref().map(Problem::in_full));
        match problem {
            Some(problem) => {
                view! { <Refusal title="The target could not be looked at again" problem /> }.into_any()
            }
            None => ().into_any(),
        }
    })
}

/// The commands that show what a page could not look at.
fn by_hand(reading: TargetReading, prefix: Memo<String>) -> AnyView {
    let looks = Memo::new(move |_| {
        let known = [
            ("restore-account", Look::Account),
            ("restore-container-unknown", Look::Container),
            (TargetRule::Prefix.id(), Look::Prefix),
            ("restore-jobs-unknown", Look::Jobs),
        ];
        reading.found.with(|found| {
            let is_unknown = |id| {
                let mut found = found.iter();
                found.any(|finding| finding.id == id && finding.severity == Severity::Info)
            };
            let looks = known.iter().filter(|(id, _)| is_unknown(*id));
            looks.map(|(_, look)| *look).collect::<Vec<_>>()
        })
    });
    let samples = Signal::derive(move || {
        let (looks, prefix) = (looks.get(), prefix.get());
        reading.place.with_value(|place| {
            look_at_target(
                &looks,
                &place.vault,
                &place.account,
                place.container.as_str(),
                &prefix,
            )
        })
    });
    let is_any = Memo::new(move |_| looks.with(|looks| !looks.is_empty()));
    view_if(is_any, move || {
        view! {
            <Disclosure summary="Look by hand" note="Azure CLI">
                <CodeOf label="Look at the target" samples />
            </Disclosure>
        }
        .into_any()
    })
}
