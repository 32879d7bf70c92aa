//! The *Create backup vault* pane.

use arm_client::data_protection::{BackupVault, NewVault};
use arm_core::ResourceId;
use leptos::html;

use super::{
    identity::outcome_not_known,
    vault_draft::{IMMUTABILITIES, REDUNDANCIES, SOFT_DELETES, VaultDraft, meaning},
    vault_place::{group_field, groups_of, id_of, subscription_choices, unread},
};
use crate::{
    components::{BELOW_A_PANE, LeaveQuestion, PaneButtons, Refusal, directories::subscriptions_everywhere},
    hooks::{AsyncOperationState, use_reading, use_rested, use_rights_beside, use_vault_change},
    prelude::*,
    problem::{Problem, ProblemKind},
    region,
    rights::Act,
    services::use_services,
    session::use_session,
    ui::{
        changing::{view_if, view_of},
        confirm_dialog::ConfirmDialog,
        focus::focus,
        pane::Pane,
        select::{Choice, Select},
        text_field::TextField,
    },
};

#[derive(Clone, Copy)]
struct Form {
    subscription: RwSignal<String>,
    group: RwSignal<String>,
    name: RwSignal<String>,
    region: RwSignal<String>,
    redundancy: RwSignal<String>,
    soft_delete: RwSignal<String>,
    days: RwSignal<String>,
    immutability: RwSignal<String>,
}

impl Form {
    fn new(draft: VaultDraft) -> Self {
        Self {
            subscription: RwSignal::new(String::new()),
            group: RwSignal::new(draft.group),
            name: RwSignal::new(draft.name),
            region: RwSignal::new(draft.region),
            redundancy: RwSignal::new(draft.redundancy),
            soft_delete: RwSignal::new(draft.soft_delete),
            days: RwSignal::new(draft.days),
            immutability: RwSignal::new(draft.immutability),
        }
    }

    /// `subscription` is the id of the one whose name is chosen.
    fn draft(self, subscription: String) -> VaultDraft {
        VaultDraft {
            subscription,
            group: self.group.get(),
            name: self.name.get(),
            region: self.region.get(),
            redundancy: self.redundancy.get(),
            soft_delete: self.soft_delete.get(),
            days: self.days.get(),
            immutability: self.immutability.get(),
        }
    }
}

/// Where, name, and what cannot be changed later; *Create* makes the vault with an identity of its own.
#[component]
pub fn CreateVault(
    /// The region that is wanted: that of what is to be protected.
    #[prop(optional_no_strip)]
    location: Option<String>,
    /// Called with the vault once it is there.
    on_created: Callback<BackupVault>,
    /// Closes the pane.
    on_close: Callback<()>,
) -> impl IntoView {
    let services = use_services();
    let arm = StoredValue::new_local(services.arm.clone());
    let beginning = VaultDraft {
        region: location
            .as_deref()
            .map_or_else(String::new, |wanted| region::display_name(wanted).to_owned()),
        ..VaultDraft::new()
    };
    let form = Form::new(beginning.clone());
    let session = use_session();
    let subscriptions = use_reading(move || subscriptions_everywhere(arm.get_value(), session));
    // Names may occur twice, and then the id behind them tells.
    let subscription = Memo::new(move |_| {
        let chosen = form.subscription.get();
        subscriptions
            .data
            .with(|known| id_of(known.as_deref().unwrap_or_default(), &chosen))
    });
    let groups = groups_of(subscription);
    let draft = Memo::new(move |_| form.draft(subscription.get().unwrap_or_default()));
    let faults = Memo::new(move |_| draft.with(VaultDraft::faults));
    let (rested, judge_now) = use_rested(form.name);

    let change = use_vault_change();
    let is_looking = RwSignal::new(false);
    let is_there = RwSignal::new(None::<ResourceId>);
    let not_looked = RwSignal::new(None::<Problem>);
    let is_busy = Signal::derive(move || {
        let state = change.state.get();
        is_looking.get()
            || matches!(
                state,
                AsyncOperationState::Requesting | AsyncOperationState::Running
            )
    });
    let name_error = Signal::derive(move || {
        let is_taken = is_there
            .with(|there| there.is_some() && *there == draft.with(VaultDraft::vault).map(|(vault, _)| vault));
        if is_taken {
            return Some("The resource group has a backup vault of this name.".to_owned());
        }
        let is_judged = rested.with(|rested| !rested.is_empty() && form.name.with(|name| name == rested));
        faults
            .with(|faults| faults.name)
            .filter(|_| is_judged)
            .map(str::to_owned)
    });
    let name_field = NodeRef::<html::Input>::new();
    let send = Callback::new(move |(vault, new): (ResourceId, NewVault)| {
        is_looking.set(true);
        not_looked.set(None);
        let service = arm.get_value().data_protection();
        spawn_local(async move {
            // A vault of this name would be changed, not made.
            let found = service.vault(&vault).await;
            if is_looking.try_set(false).is_some() {
                return;
            }
            match found.as_ref().map_err(Problem::in_full) {
                Ok(_) => is_there.set(Some(vault)),
                Err(problem) if problem.kind == ProblemKind::NotFound => change.create.run((vault, new)),
                Err(problem) => not_looked.set(Some(problem)),
            }
        });
    });
    let rights = use_rights_beside(&[Act::CreateVault], move || draft.with(VaultDraft::group_id));
    let is_confirming = RwSignal::new(false);
    let create = Callback::new(move |()| {
        judge_now.run(());
        if rights.bars(Act::CreateVault) {
            return;
        }
        let wanted = draft
            .with_untracked(VaultDraft::vault)
            .filter(|_| !is_busy.get_untracked());
        let Some(wanted) = wanted else {
            if let Some(field) = name_field.get_untracked() {
                focus(&field);
            }
            return;
        };
        if draft.with_untracked(|draft| draft.for_good().is_empty()) {
            send.run(wanted);
        } else {
            is_confirming.set(true);
        }
    });
    Effect::new(move |_| {
        if let Some(vault) = change.vault.get() {
            on_created.run(vault);
            on_close.run(());
        }
    });
    let is_asking = RwSignal::new(false);
    let is_changed = move || {
        let of_subscription = form.subscription.with_untracked(|chosen| !chosen.is_empty());
        let beginning = VaultDraft {
            subscription: draft.with_untracked(|draft| draft.subscription.clone()),
            ..beginning.clone()
        };
        of_subscription || draft.with_untracked(|draft| *draft != beginning)
    };
    let ask = Callback::new(move |()| match (is_busy.get_untracked(), is_changed()) {
        (true, _) => {}
        (false, true) => is_asking.set(true),
        (false, false) => on_close.run(()),
    });
    let reason_not_to = Signal::derive(move || faults.with(|faults| faults.first().map(str::to_owned)));
    let reason_not_to = rights.reason_or(Act::CreateVault, reason_not_to);
    let problem = move || {
        view_of(move || {
            let has_ended = matches!(
                change.state.get(),
                AsyncOperationState::Refused | AsyncOperationState::Failed | AsyncOperationState::Unknown
            );
            let of_change = change.problem.get().filter(|_| has_ended);
            if change.state.get() == AsyncOperationState::Unknown {
                return outcome_not_known(
                    "Whether the vault was created is not known",
                    "Azure\u{2019}s answer was lost or says nothing. Close this pane and refresh: the vault may be there.",
                );
            }
            match of_change.or_else(|| not_looked.get()) {
                Some(problem) => view! { <Refusal title="The vault was not created" problem /> }.into_any(),
                None => ().into_any(),
            }
        })
    };
    let confirmation = view_if(is_confirming, move || {
        let for_good = draft.with_untracked(VaultDraft::for_good);
        let for_good = for_good
            .into_iter()
            .map(|words| view! { <li>{words}</li> })
            .collect_view();
        let on_confirm = Callback::new(move |()| {
            is_confirming.set(false);
            if let Some(wanted) = draft.with_untracked(VaultDraft::vault) {
                send.run(wanted);
            }
        });
        view! {
            <ConfirmDialog
                title="Create a vault that cannot be changed back?"
                act="Create"
                destructive=true
                on_confirm
                on_cancel=Callback::new(move |()| is_confirming.set(false))
            >
                "This can never be turned off again:"
                <ul>{for_good}</ul>
            </ConfirmDialog>
        }
        .into_any()
    });
    view! {
        <Pane
            title="Create backup vault"
            on_close=ask
            on_submit=create
            inert=BELOW_A_PANE
            footer=move || {
                view! { <PaneButtons act="Create" on_act=create busy=is_busy reason_not_to on_cancel=ask /> }
            }
        >
            <p>"A vault keeps backups apart from what they are of: with rights and an end of their own."</p>
            {problem()}
            <Select
                label="Subscription"
                choices=Signal::derive(move || subscription_choices(subscriptions.data))
                value=form.subscription
                required=true
                placeholder="Choose a subscription"
                error=Signal::derive(move || unread(subscriptions.problem, "subscriptions"))
            />
            {group_field(form.group, groups)}
            <TextField
                label="Vault name"
                value=form.name
                required=true
                hint="Letters, digits and hyphens, a letter first."
                error=name_error
                max_length=50_usize
                node_ref=name_field
            />
            <Select
                label="Region"
                choices=Signal::stored(region::names().iter().copied().map(Choice::new).collect::<Vec<_>>())
                value=form.region
                required=true
                hint="A vault protects what is in its own region. It cannot be changed later."
                error=Signal::derive(move || {
                    let is_typed = form.region.with(|region| !region.is_empty());
                    faults.with(|faults| faults.region).filter(|_| is_typed).map(str::to_owned)
                })
            />
            {choice("Redundancy", &REDUNDANCIES, form.redundancy, " It cannot be changed later.")}
            {choice("Soft delete", &SOFT_DELETES, form.soft_delete, "")}
            {days_field(form, draft)}
            {choice("Immutability", &IMMUTABILITIES, form.immutability, "")}
        </Pane>
        {confirmation}
        <LeaveQuestion is_asking on_leave=on_close />
    }
}

/// One of three, with what the one that is chosen means.
fn choice<T: Send + Sync + 'static>(
    label: &'static str,
    choices: &'static [(T, &'static str, &'static str); 3],
    value: RwSignal<String>,
    also: &'static str,
) -> AnyView {
    let labels: Vec<_> = choices.iter().map(|(_, label, _)| Choice::new(*label)).collect();
    let hint = Signal::derive(move || Some(value.with(|value| format!("{}{also}", meaning(choices, value)))));
    view! { <Select label choices=Signal::stored(labels) value hint /> }.into_any()
}

fn days_field(form: Form, draft: Memo<VaultDraft>) -> AnyView {
    let keeps = Memo::new(move |_| draft.with(VaultDraft::keeps_deleted));
    let error = Signal::derive(move || draft.with(|draft| draft.faults().days.map(str::to_owned)));
    view_if(keeps, move || {
        view! {
            <TextField
                label="Days that deleted data are kept"
                value=form.days
                required=true
                hint="14 to 180; the first 14 cost nothing."
                error
            />
        }
        .into_any()
    })
}
