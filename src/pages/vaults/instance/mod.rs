//! One backup instance: how it is protected, its recovery points, and what is done with it.

mod about;
mod acting;
mod allowed;
mod backup_now;
mod change_policy;
mod choice;
mod commands;
mod facts;
mod failure;
mod known;
mod live;
mod loss;
mod notes;
mod panes;
mod points;
mod points_list;
mod points_table;
mod questions;
mod stop_backup;

use arm_client::data_protection::{BackupPolicy, BackupVault, RecoveryPoint};
use arm_core::ResourceId;

use crate::{
    components::{Crumb, MenuPage, PageHeader, PageMain, ReadingView, ResourceMenu},
    hooks::{Reading, Rights, use_reading, use_rights},
    location::{link, use_query_value},
    prelude::*,
    region,
    rights::Act,
    routes,
    services::use_arm,
    stores::operations::use_operations,
    ui::{changing::view_of, empty_state::EmptyState, icon::IconName},
};

use about::About;
use commands::Commands;
use facts::Facts;
use live::Live;
use notes::Notes;
use panes::Opened;
use points_list::Points;

pub use allowed::{Command, reason_not_to};
// What a server's *Protection* page shows of an instance in the same words.
pub use facts::{Next, moment, next_backup, none, unknown};
pub use failure::failure;
pub use known::{Known, read as read_instance};
pub use live::bar as bar_of;
pub use points::{expiry, newest, oldest, read as points_of, store_name};

/// What the parts of the page have in common.
#[derive(Clone, Copy)]
pub struct Page {
    /// The instance, as the address names it.
    pub id: StoredValue<ResourceId>,
    /// Its vault.
    pub vault_id: StoredValue<ResourceId>,
    /// The instance as it is read.
    pub known: Reading<Known>,
    /// The vault as it is read.
    pub vault: Reading<BackupVault>,
    /// The policies of the vault.
    pub policies: Reading<Vec<BackupPolicy>>,
    /// Its recovery points, the newest first.
    pub points: Reading<Vec<RecoveryPoint>>,
    /// What the user may do with it.
    pub rights: Rights,
    /// Opens a pane by its word in the query, or closes it.
    pub set_pane: Callback<Option<String>>,
}

impl Page {
    /// Whether it was there when it was read before, and is not any more.
    pub fn is_gone(self) -> bool {
        let is_absent = self
            .known
            .problem
            .with(|error| error.as_ref().is_some_and(known::is_absent));
        is_absent && self.known.data.with(Option::is_some)
    }
}

/// What is done with an instance.
const ACTS: [Act; 7] = [
    Act::BackUpInstance,
    Act::Restore,
    Act::ChangePolicy,
    Act::StopBackup,
    Act::ResumeBackup,
    Act::DeleteBackupData,
    Act::Undelete,
];

/// The page.
#[component]
pub fn InstancePage(instance: ResourceId) -> impl IntoView {
    let (page, pane) = use_page(&instance);
    let vault = page.vault_id.get_value();
    let refresh = Callback::new(move |()| {
        page.known.again.run(());
        page.vault.again.run(());
        page.policies.again.run(());
        page.points.again.run(());
    });
    follow(page, refresh);
    let on_close = Callback::new(move |()| page.set_pane.run(None));
    let opened = Memo::new(move |_| pane.with(|pane| Opened::of(pane.as_deref())));
    let is_gone = Memo::new(move |_| page.is_gone());
    let view = move |known: Signal<Known>| {
        view! {
            <Notes page known />
            <Facts page known />
            <About page known />
            <Points page known />
        }
        .into_any()
    };
    view! {
        <PageHeader
            name=instance.name().to_owned()
            subtitle=subtitle(page)
            icon=IconName::Shield
            crumbs=vec![
                Crumb { label: "Backup vaults".to_owned(), path: routes::vaults() },
                Crumb { label: vault.name().to_owned(), path: routes::vault(&vault) },
            ]
        />
        <ResourceMenu current=MenuPage::Vaults server=None />
        <Commands page refresh />
        <PageMain>
            <Live page />
            {view_of(move || {
                if is_gone.get() {
                    gone(page)
                } else {
                    view! { <ReadingView reading=page.known what="backup instance" view /> }.into_any()
                }
            })}
        </PageMain>
        {view_of(move || match opened.get() {
            Some(opened) => panes::pane(opened, page, on_close),
            None => ().into_any(),
        })}
    }
}

fn use_page(instance: &ResourceId) -> (Page, Memo<Option<String>>) {
    let id = StoredValue::new(instance.clone());
    // The page's path names a vault, so there is one above it.
    let vault_id = StoredValue::new(instance.parent().unwrap_or_else(|| instance.clone()));
    let arm = StoredValue::new_local(use_arm());
    let service = move || arm.with_value(|arm| arm.data_protection());
    let (pane, set_pane) = use_query_value("pane");
    let known = use_reading(move || known::read(arm.get_value(), id.get_value()));
    let rights = use_rights(&ACTS, move || {
        // What was deleted softly is the vault's.
        let is_deleted = known
            .data
            .with(|known| known.as_ref().map(|known| known.is_deleted));
        known.read_at.get()?;
        Some(if is_deleted? { vault_id } else { id }.get_value())
    });
    let page = Page {
        id,
        vault_id,
        known,
        rights,
        vault: use_reading(move || {
            let service = service();
            async move { service.vault(&vault_id.get_value()).await }
        }),
        policies: use_reading(move || {
            let service = service();
            async move { service.policies(&vault_id.get_value()).await }
        }),
        points: use_reading(move || points::read(service(), id.get_value())),
        set_pane,
    };
    (page, pane)
}

/// What is begun on the instance, and what has ended, has changed it.
fn follow(page: Page, refresh: Callback<()>) {
    let operations = use_operations();
    let going = Memo::new(move |_| {
        let going = live::unfinished(operations, page).into_iter();
        going.map(|operation| operation.id).collect::<Vec<_>>()
    });
    Effect::watch(move || going.get(), move |_, _, _| refresh.run(()), false);
}

/// What was read of an instance that is gone is no longer true of anything.
fn gone(page: Page) -> AnyView {
    let vault = page.vault_id.get_value();
    let path = routes::vault(&vault);
    view! {
        <EmptyState
            icon=IconName::Shield
            title="The backup instance is gone"
            actions=move || view! { <a class="button button-default" href=link(&path)>"Show backup vault"</a> }
        >
            "It was deleted with its backup data, and its vault keeps nothing of it."
        </EmptyState>
    }
    .into_any()
}

/// What it is, its vault and, once it is known, the vault's region.
fn subtitle(page: Page) -> Signal<String> {
    Signal::derive(move || {
        let vault = page
            .vault_id
            .with_value(|vault| format!("Vault {}", vault.name()));
        let location = page.vault.data.with(|vault| vault.as_ref()?.location.clone());
        let location = location.map(|location| region::display_name(&location).to_owned());
        let parts = ["Backup instance".to_owned(), vault];
        parts.into_iter().chain(location).collect::<Vec<_>>().join(" · ")
    })
}
