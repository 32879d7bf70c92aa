//! One backup vault: its settings, what it protects, its policies and its jobs.

mod facts;
mod gone;
mod instances;
mod jobs;
mod policies;
mod tabs;

use arm_client::data_protection::{BackupInstance, BackupJob, BackupPolicy, BackupVault};
use arm_core::ResourceId;

use crate::{
    components::{ActLink, CommandBar, Crumb, MenuPage, PageHeader, PageMain, ReadingView, ResourceMenu},
    hooks::{Reading, use_reading, use_rights},
    location::{link, use_query_value},
    prelude::*,
    problem::{Problem, ProblemKind},
    region,
    rights::Act,
    routes,
    services::use_arm,
    stores::operations::{OperationState, use_operations},
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_if, view_of},
        icon::IconName,
    },
};

use facts::Facts;
use gone::Gone;
use instances::Instances;
pub use instances::source_name;
use jobs::Jobs;
use policies::{CreatePolicy, Policies};
pub use tabs::Tab;
use tabs::Tabs;

/// What the parts of the page have in common.
#[derive(Clone, Copy)]
pub struct Vault {
    /// Which vault.
    pub id: StoredValue<ResourceId>,
    /// Its settings.
    pub details: Reading<BackupVault>,
    /// What it protects.
    pub instances: Reading<Vec<BackupInstance>>,
    /// What it keeps of what was deleted.
    pub deleted: Reading<Vec<BackupInstance>>,
    /// Its policies, once somebody has looked at them.
    pub policies: Later<BackupPolicy>,
    /// Its jobs, once somebody has looked at them.
    pub jobs: Later<BackupJob>,
    /// What the page says aloud of its lists.
    pub said: RwSignal<String>,
}

/// A list that is read when it is first looked at, and kept from then on.
type Later<T> = RwSignal<Option<Reading<Vec<T>>>>;

/// The page.
#[component]
pub fn VaultPage(vault: ResourceId) -> impl IntoView {
    let id = StoredValue::new(vault.clone());
    let arm = use_arm();
    let details = use_reading({
        let arm = arm.clone();
        move || {
            let protection = arm.data_protection();
            async move { protection.vault(&id.get_value()).await }
        }
    });
    let instances = use_reading({
        let arm = arm.clone();
        move || {
            let protection = arm.data_protection();
            async move { protection.instances(&id.get_value()).await }
        }
    });
    let deleted = use_reading(move || {
        let protection = arm.data_protection();
        async move { protection.deleted_instances(&id.get_value()).await }
    });
    use_rights(&[Act::Protect, Act::CreatePolicy, Act::DeletePolicy], move || {
        details.read_at.get().map(|_| id.get_value())
    });
    let of = Vault {
        id,
        details,
        instances,
        deleted,
        policies: RwSignal::new(None),
        jobs: RwSignal::new(None),
        said: RwSignal::new(String::new()),
    };
    let tab = use_query_value("tab").0;
    let tab = Memo::new(move |_| tab.with(|word| Tab::from_query(word.as_deref())));
    let is_of_policies = Memo::new(move |_| tab.get() == Tab::Policies);
    let set_pane = use_query_value("pane").1;
    open_what_is_looked_at(of, tab);
    read_again_with_operations(of);
    let on_refresh = Callback::new(move |()| {
        details.again.run(());
        of.read_again(tab.get_untracked());
    });
    let is_gone = Memo::new(move |_| {
        details.problem.with(|error| {
            error
                .as_ref()
                .is_some_and(|error| Problem::from(error).kind == ProblemKind::NotFound)
        })
    });
    let content = Callback::new(move |_: Signal<BackupVault>| {
        view! {
            <Facts vault=of />
            <Tabs vault=id current=tab />
            <p class="visually-hidden" role="status">{text_of(move || of.said.get())}</p>
            {view_of(move || match tab.get() {
                Tab::Instances => view! { <Instances vault=of /> }.into_any(),
                Tab::Policies => view! { <Policies vault=of /> }.into_any(),
                Tab::Jobs => view! { <Jobs vault=of /> }.into_any(),
            })}
        }
        .into_any()
    });
    view! {
        <PageHeader
            name=vault.name().to_owned()
            subtitle=subtitle(id, details)
            icon=IconName::Vault
            crumbs=vec![Crumb { label: "Backup vaults".to_owned(), path: routes::vaults() }]
        />
        <ResourceMenu current=MenuPage::Vaults server=None />
        <CommandBar>
            <ActLink
                act=Act::Protect
                href=link(&routes::protect_in(&vault))
                icon=IconName::Shield
                label="Configure backup"
            />
            <Button
                appearance=ButtonAppearance::Subtle
                icon=IconName::ArrowClockwise
                busy=Signal::derive(move || details.is_loading.get() || of.is_reading(tab.get()))
                on_click=on_refresh
            >
                "Refresh"
            </Button>
            {view_if(is_of_policies, move || view! { <CreatePolicy set_pane /> }.into_any())}
        </CommandBar>
        <PageMain>
            {view_of(move || {
                if is_gone.get() {
                    view! { <Gone vault=of /> }.into_any()
                } else {
                    view! { <ReadingView reading=details what="backup vault" view=content /> }.into_any()
                }
            })}
        </PageMain>
    }
}

impl Vault {
    /// Reads what a tab shows again.
    pub fn read_again(self, tab: Tab) {
        let again = match tab {
            Tab::Instances => None,
            Tab::Policies => self.policies.get_untracked().map(|reading| reading.again),
            Tab::Jobs => self.jobs.get_untracked().map(|reading| reading.again),
        };
        if let Some(again) = again {
            again.run(());
        }
        // Policies tell who uses them.
        if tab != Tab::Jobs {
            self.instances.again.run(());
            self.deleted.again.run(());
        }
    }

    fn is_reading(self, tab: Tab) -> bool {
        match tab {
            Tab::Instances => self.instances.is_loading.get() || self.deleted.is_loading.get(),
            Tab::Policies => is_loading(self.policies.get()),
            Tab::Jobs => is_loading(self.jobs.get()),
        }
    }
}

fn is_loading<T: Send + Sync + 'static>(reading: Option<Reading<T>>) -> bool {
    reading.is_some_and(|reading| reading.is_loading.get())
}

/// Policies and jobs are read when their tab is opened for the first time, and again each time it is.
fn open_what_is_looked_at(vault: Vault, tab: Memo<Tab>) {
    let (arm, owner) = (StoredValue::new_local(use_arm()), Owner::current());
    let with_owner = move |open: &dyn Fn()| match &owner {
        Some(owner) => owner.with(open),
        None => open(),
    };
    let open = move |tab: Tab| match tab {
        Tab::Instances => {}
        Tab::Policies => match vault.policies.get_untracked() {
            Some(policies) => policies.again.run(()),
            None => with_owner(&|| {
                vault.policies.set(Some(use_reading(move || {
                    let protection = arm.get_value().data_protection();
                    async move { protection.policies(&vault.id.get_value()).await }
                })));
            }),
        },
        Tab::Jobs => match vault.jobs.get_untracked() {
            Some(jobs) => jobs.again.run(()),
            None => with_owner(&|| {
                vault.jobs.set(Some(use_reading(move || {
                    let protection = arm.get_value().data_protection();
                    async move { protection.jobs(&vault.id.get_value())?.collect().await }
                })));
            }),
        },
    };
    open(tab.get_untracked());
    Effect::watch(move || tab.get(), move |tab, _, _| open(*tab), false);
}

/// What is begun on an instance of this vault, and what has ended, has changed the lists.
fn read_again_with_operations(vault: Vault) {
    let operations = use_operations();
    let going = Memo::new(move |_| {
        let is_of_this = |target: &ResourceId| {
            target
                .parent()
                .is_some_and(|parent| vault.id.with_value(|id| parent == *id))
        };
        let all = operations.all().into_iter();
        all.filter(|operation| is_of_this(&operation.target) && !operation.has_ended())
            .filter(|operation| operation.progress != OperationState::Sent)
            .count()
    });
    Effect::watch(
        move || going.get(),
        move |_, _, _| {
            vault.read_again(Tab::Instances);
            if let Some(jobs) = vault.jobs.get_untracked() {
                jobs.again.run(());
            }
        },
        false,
    );
}

/// The line below the vault's name: what it is, its resource group and, once it is known, its region.
fn subtitle(vault: StoredValue<ResourceId>, details: Reading<BackupVault>) -> Signal<String> {
    Signal::derive(move || {
        let group = vault.with_value(|vault| vault.resource_group().unwrap_or_default().to_owned());
        let location = details
            .data
            .with(|details| details.as_ref().and_then(|details| details.location.clone()))
            .map(|location| region::display_name(&location).to_owned());
        let parts = ["Backup vault".to_owned(), group];
        parts.into_iter().chain(location).collect::<Vec<_>>().join(" · ")
    })
}
