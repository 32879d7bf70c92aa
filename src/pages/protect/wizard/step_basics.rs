//! *Basics*: what kind of thing is protected, and by which vault.

use arm_client::data_protection::{BackupVault, DatasourceKind, VaultSummary};

use super::{Wizard, known::Known, step_heading::StepHeading};
use crate::{
    components::{
        ReadingView,
        protection::{CreateVault, TurnIdentityOn},
    },
    prelude::*,
    problem::Problem,
    region,
    rights::Act,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{view_if, view_of},
        empty_state::EmptyState,
        filter_pill::{FilterOption, FilterPill},
        icon::IconName,
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
    // What was read of another vault says nothing of this one.
    let wanted = wizard.choices.with(|choices| choices.vault.clone())?;
    let is_another = known.data.with(|vault| {
        vault
            .as_ref()
            .is_none_or(|vault| !vault.id.as_str().eq_ignore_ascii_case(wanted.as_str()))
    });
    if is_another {
        let problem = known
            .problem
            .with(|error| error.as_ref().map(|error| Problem::from(error).reason));
        return Some(match problem {
            Some(reason) => format!("The vault could not be read. {reason} Choose it again, or another one."),
            None => "The vault is still being read.".to_owned(),
        });
    }
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
    let is_creating = RwSignal::new(false);
    let on_create = Callback::new(move |()| is_creating.set(true));
    let on_created = Callback::new(move |vault: BackupVault| {
        is_creating.set(false);
        let id = vault.id.clone();
        take_in(wizard, vault);
        wizard.change.run(choices.get_untracked().with_vault(id));
    });
    let without_identity = Memo::new(move |_| reason(wizard).is_some());
    view! {
        <div class="list-bar">
            <SearchBox label="Search by name" value=search on_input=Callback::new(move |words| search.set(words)) />
            <FilterPill name="Region" options=regions selected=region on_select />
            <Button act=Act::CreateVault icon=IconName::Add on_click=on_create>"Create vault"</Button>
        </div>
        {view_of(move || {
            let is_off = without_identity.get();
            let vault = choices.with_untracked(|choices| choices.vault.clone());
            match vault.filter(|_| is_off) {
                Some(vault) => {
                    let on_done = Callback::new(move |vault| take_in(wizard, vault));
                    view! { <div class="wizard-note"><TurnIdentityOn vault on_done /></div> }.into_any()
                }
                None => ().into_any(),
            }
        })}
        {view_of(move || {
            if is_empty.get() {
                return no_vault(&region.get(), on_create);
            }
            view! { <PickList label="Backup vault" items=found picked on_pick /> }.into_any()
        })}
        {view_if(is_creating, move || {
            let location = Some(region.get_untracked()).filter(|region| !region.is_empty());
            let on_close = Callback::new(move |()| is_creating.set(false));
            view! { <CreateVault location on_created on_close /> }.into_any()
        })}
    }
}

/// What was read of a vault is old: it has just been made or changed. Resource Graph tells of it minutes later.
fn take_in(wizard: Wizard, vault: BackupVault) {
    wizard.known.vault_details.again.run(());
    wizard.known.vaults.data.update(|vaults| {
        let vaults = vaults.get_or_insert_default();
        vaults.retain(|known| known.id != vault.id);
        vaults.push(vault.into());
        vaults.sort_by(|one, other| one.name.cmp(&other.name));
    });
}

fn no_vault(region: &str, on_click: Callback<()>) -> AnyView {
    let title = match region {
        "" => "No backup vault matches.".to_owned(),
        region => format!("No backup vault in {region} matches."),
    };
    view! {
        <EmptyState
            icon=IconName::Vault
            title
            actions=move || {
                view! {
                    <Button act=Act::CreateVault appearance=ButtonAppearance::Primary icon=IconName::Add on_click>
                        "Create backup vault"
                    </Button>
                }
            }
        >
            "A vault protects what is in its own region. Create one there, or look in another region."
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
