//! *Basics*: what kind of thing is protected, and by which vault.

use crate::prelude::*;
use arm_client::data_protection::{DatasourceKind, VaultSummary};

use super::{Wizard, known::Known, step_heading::StepHeading};
use crate::{
    components::{ReadingView, Refusal},
    hooks::{AsyncOperationState, use_vault_change},
    region,
    ui::{
        button::Button,
        changing::{view_if, view_of},
        empty_state::EmptyState,
        filter_pill::{FilterOption, FilterPill},
        icon::IconName,
        message_bar::{MessageBar, MessageIntent},
        pick_list::{PickItem, PickList},
        search_box::SearchBox,
    },
};

/// The kinds of datasources, in Azure's words.
pub const fn kind_label(kind: DatasourceKind) -> &'static str {
    match kind {
        DatasourceKind::FlexibleServer => "Azure Database for PostgreSQL flexible servers",
        DatasourceKind::SingleServerDatabase => "Azure Database for PostgreSQL servers",
    }
}

const KINDS: [DatasourceKind; 2] = [
    DatasourceKind::FlexibleServer,
    DatasourceKind::SingleServerDatabase,
];

/// The step.
#[component]
pub fn Basics(wizard: Wizard) -> impl IntoView {
    let kinds = KINDS.map(|kind| PickItem {
        key: kind.as_str().to_owned(),
        name: kind_label(kind).to_owned(),
        note: match kind {
            DatasourceKind::FlexibleServer => "The whole server, with all its databases.".to_owned(),
            DatasourceKind::SingleServerDatabase => {
                "Single databases of a legacy single server; their credentials are in a key vault.".to_owned()
            }
        },
        why_not: None,
        link: None,
    });
    let choices = wizard.choices;
    let kind = Signal::derive(move || vec![choices.with(|choices| choices.kind.as_str().to_owned())]);
    let on_kind = Callback::new(move |kind: String| {
        if let Some(kind) = DatasourceKind::of(&kind) {
            wizard.change.run(choices.get_untracked().with_kind(kind));
        }
    });
    let vaults = move |_| view! { <Vaults wizard /> }.into_any();
    view! {
        <StepHeading wizard title="Basics">
            "What is protected, and the backup vault that keeps the recovery points. A vault protects what is in its own region, in any subscription of the directory."
        </StepHeading>
        <section class="wizard-block">
            <h3>"Datasource type"</h3>
            <PickList label="Datasource type" items=Signal::stored(kinds.to_vec()) picked=kind on_pick=on_kind />
        </section>
        <section class="wizard-block">
            <h3>"Backup vault"</h3>
            <ReadingView reading=wizard.known.vaults what="list of backup vaults" view=vaults />
        </section>
    }
}

/// Why *Next* is off although a vault is chosen.
pub fn reason(wizard: Wizard) -> Option<String> {
    let known = wizard.known.vault_details;
    let has_none = known
        .data
        .with(|vault| vault.as_ref().is_some_and(|vault| vault.principal_id.is_none()));
    has_none.then(|| "The vault has no identity. Turn it on, or choose another vault.".to_owned())
}

/// The vaults, of all regions or of one.
#[component]
fn Vaults(wizard: Wizard) -> impl IntoView {
    let (choices, known) = (wizard.choices, wizard.known);
    let search = RwSignal::new(String::new());
    let chosen_region = RwSignal::new(None::<String>);
    // Whoever comes from a server wants the vaults of its region.
    let region = Memo::new(move |_| {
        let region = chosen_region.get().or_else(|| region_of_servers(wizard));
        region.unwrap_or_default()
    });
    let all = move || known.vaults.data.get().unwrap_or_default();
    let regions = Signal::derive(move || {
        let mut regions: Vec<String> = all().iter().map(region_of).chain([region.get()]).collect();
        regions.retain(|region| !region.is_empty());
        regions.sort();
        regions.dedup();
        let options = regions
            .into_iter()
            .map(|region| FilterOption::new(region.clone(), region));
        std::iter::once(FilterOption::new("", "All"))
            .chain(options)
            .collect()
    });
    let found = Memo::new(move |_| {
        let words = search.with(|words| words.trim().to_ascii_lowercase());
        let region = region.get();
        let is_found = |vault: &VaultSummary| {
            let is_there = region.is_empty() || region_of(vault) == region;
            let text = format!("{} {}", vault.name, vault.resource_group).to_ascii_lowercase();
            is_there && text.contains(&words)
        };
        let items = all().into_iter().filter(is_found);
        items.map(|vault| item(&vault, known)).collect::<Vec<_>>()
    });
    let picked = Signal::derive(move || {
        let vault = choices.with(|choices| known.vault(choices));
        vault
            .into_iter()
            .map(|vault| vault.id.to_string())
            .collect::<Vec<_>>()
    });
    let on_pick = Callback::new(move |id: String| {
        if let Ok(id) = id.parse() {
            wizard.change.run(choices.get_untracked().with_vault(id));
        }
    });
    let on_select = Callback::new(move |region: String| chosen_region.set(Some(region)));
    let is_empty = Memo::new(move |_| found.with(Vec::is_empty));
    let without_identity = Memo::new(move |_| reason(wizard).is_some());
    view! {
        <div class="list-bar">
            <SearchBox label="Search by name" value=search on_input=Callback::new(move |words| search.set(words)) />
            <FilterPill name="Region" options=regions selected=region on_select />
        </div>
        {view_if(without_identity, move || view! { <div class="wizard-note"><NoIdentity wizard /></div> }.into_any())}
        {view_of(move || {
            if is_empty.get() {
                return no_vault(&region.get());
            }
            view! { <PickList label="Backup vault" items=found picked on_pick /> }.into_any()
        })}
    }
}

/// A vault reaches what it protects with its own identity.
#[component]
fn NoIdentity(wizard: Wizard) -> impl IntoView {
    let change = use_vault_change();
    let is_busy = Signal::derive(move || {
        matches!(
            change.state.get(),
            AsyncOperationState::Requesting | AsyncOperationState::Running
        )
    });
    // Once it is there, what was read of the vault is old.
    Effect::new(move |_| {
        if change.vault.with(Option::is_some) {
            wizard.known.vault_details.again.run(());
            wizard.known.vaults.again.run(());
        }
    });
    let turn_on = Callback::new(move |()| {
        if let Some(vault) = wizard.choices.with_untracked(|choices| choices.vault.clone()) {
            change.turn_identity_on.run(vault);
        }
    });
    let actions =
        move || view! { <Button small=true busy=is_busy on_click=turn_on>"Turn identity on"</Button> };
    view! {
        <MessageBar intent=MessageIntent::Warning stacked=true title="The vault has no identity" actions>
            "A vault reaches what it protects with its own identity, to which roles are assigned."
        </MessageBar>
        {view_of(move || match change.problem.get() {
            Some(problem) => view! { <Refusal title="The identity was not turned on" problem /> }.into_any(),
            None => ().into_any(),
        })}
    }
}

fn no_vault(region: &str) -> AnyView {
    let title = match region {
        "" => "No backup vault matches.".to_owned(),
        region => format!("No backup vault in {region} matches."),
    };
    view! {
        <EmptyState icon=IconName::Vault title>
            "A vault protects what is in its own region."
        </EmptyState>
    }
    .into_any()
}

fn item(vault: &VaultSummary, known: Known) -> PickItem {
    PickItem {
        key: vault.id.to_string(),
        name: vault.name.clone(),
        note: format!(
            "{} · {} · {}",
            region_of(vault),
            vault.resource_group,
            known.subscription(&vault.subscription_id)
        ),
        why_not: None,
        link: None,
    }
}

fn region_of(vault: &VaultSummary) -> String {
    Known::region(vault.location.as_deref())
}

/// The region of what is to be protected already, as a link from a server's page has it.
fn region_of_servers(wizard: Wizard) -> Option<String> {
    let source = wizard.choices.with(|choices| choices.sources.first().cloned())?;
    let location = wizard.known.location_of(&source)?;
    Some(region::display_name(&location).to_owned())
}
