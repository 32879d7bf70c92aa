//! *Backup and restore* of one server.

mod facts;
mod name;
mod row;
mod table;
mod take_backup;

use arm_core::ResourceId;
use leptos::prelude::*;

use crate::{
    components::{CommandBar, Crumb, MenuPage, PageHeader, PageMain, ReadAt, ResourceMenu},
    hooks::use_reading,
    location::use_query_value,
    routes,
    services::use_arm,
    stores::operations::use_operations,
    ui::{
        button::{Button, ButtonAppearance},
        icon::IconName,
    },
};

use facts::Facts;
use table::BackupTable;
use take_backup::TakeBackup;

/// The page of one server.
#[component]
pub fn BackupsPage(server: ResourceId) -> impl IntoView {
    let (arm, operations) = (use_arm(), use_operations());
    let id = StoredValue::new(server.clone());
    let details = use_reading({
        let arm = arm.clone();
        move || {
            let arm = arm.clone();
            async move { arm.flexible_servers().get(&id.get_value()).await }
        }
    });
    let backups = use_reading(move || {
        let backups = arm.backups(&id.get_value());
        async move { backups.list().await }
    });
    let refresh = Callback::new(move |()| {
        details.again.run(());
        backups.again.run(());
    });
    // An operation that ends has changed the list.
    let running = Memo::new(move |_| operations.unfinished_on(&id.get_value()).len());
    Effect::watch(
        move || running.get(),
        move |now, before, _| {
            if before.is_some_and(|before| now < before) {
                backups.again.run(());
            }
        },
        false,
    );
    let (pane, set_pane) = use_query_value("pane");
    let is_open = Memo::new(move |_| pane.get().as_deref() == Some("take-backup"));
    let subtitle = Signal::derive(move || {
        let group = id.get_value().resource_group().unwrap_or_default().to_owned();
        let location = details
            .data
            .with(|details| details.as_ref().and_then(|details| details.location.clone()));
        let parts = ["Azure Database for PostgreSQL flexible server".to_owned(), group];
        parts.into_iter().chain(location).collect::<Vec<_>>().join(" · ")
    });
    view! {
        <PageHeader
            name=server.name().to_owned()
            page="Backup and restore"
            subtitle
            icon=IconName::Database
            crumbs=vec![
                Crumb { label: "Servers".to_owned(), path: routes::servers() },
                Crumb { label: server.name().to_owned(), path: routes::backups(&server) },
            ]
        />
        <ResourceMenu current=MenuPage::Backups server=Some(server) />
        <CommandBar>
            <Button
                appearance=ButtonAppearance::Subtle
                icon=IconName::Add
                on_click=Callback::new(move |()| set_pane.run(Some("take-backup".to_owned())))
            >
                "Backup now"
            </Button>
            <Button
                appearance=ButtonAppearance::Subtle
                icon=IconName::ArrowClockwise
                busy=backups.is_loading
                on_click=refresh
            >
                "Refresh"
            </Button>
        </CommandBar>
        <PageMain>
            <Facts details backups />
            <div class="list-bar">
                <span class="list-count"><ReadAt reading=backups /></span>
            </div>
            <BackupTable server=id details backups />
        </PageMain>
        <Show when=move || is_open.get()>
            <TakeBackup server=id details backups on_close=Callback::new(move |()| set_pane.run(None)) />
        </Show>
    }
}
