//! *Backup and restore* of one server.

mod about_backup;
mod code_pane;
mod consequences;
mod delete_backup;
mod facts;
mod going;
mod list_count;
mod list_query;
mod list_sort;
mod list_view;
mod live_row;
mod name;
mod panes;
mod row;
mod table;
mod take_backup;

use arm_core::ResourceId;
use leptos::prelude::*;

use crate::{
    components::{CommandBar, Crumb, MenuPage, PageHeader, PageMain, ResourceMenu},
    hooks::use_reading,
    location::use_query_value,
    routes,
    services::use_arm,
    stores::operations::use_operations,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{view_if, view_of},
        focus::{focus, rendered},
        icon::IconName,
    },
};

use facts::Facts;
use list_count::ListCount;
use list_query::{ListFilters, use_list_query};
use panes::Known;
use row::Row;
use table::BackupTable;

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
    let query = use_list_query();
    let known = Known {
        server: id,
        details,
        backups,
    };
    // The backup whose deletion is asked about, and the one in the row after it.
    let asked = RwSignal::new(None::<(Row, Option<String>)>);
    let deletion = view_of(move || match asked.get() {
        Some((row, next)) => {
            let on_cancel = Callback::new(move |()| asked.set(None));
            let on_started = Callback::new(move |()| {
                asked.set(None);
                let next = next.clone();
                // The dialog gives the focus back to a button that goes; the next row takes it from there.
                request_animation_frame(move || focus_row(next.as_deref()));
            });
            panes::delete_backup(known, row, on_cancel, on_started)
        }
        None => ().into_any(),
    });
    let (pane, set_pane) = use_query_value("pane");
    let is_open =
        move |name: &'static str| Signal::derive(move || pane.with(|pane| pane.as_deref() == Some(name)));
    let on_close = Callback::new(move |()| set_pane.run(None));
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
            <Button
                appearance=ButtonAppearance::Subtle
                icon=IconName::Code
                on_click=Callback::new(move |()| set_pane.run(Some("code".to_owned())))
            >
                "Show as code"
            </Button>
        </CommandBar>
        <PageMain>
            <Facts details backups />
            <div class="list-bar">
                <ListFilters query />
                <ListCount backups query />
            </div>
            <BackupTable server=id details backups query on_delete=Callback::new(move |row| asked.set(Some(row))) />
        </PageMain>
        {deletion}
        {view_if(is_open("take-backup"), move || panes::take_backup(known, on_close))}
        {view_if(is_open("code"), move || panes::show_as_code(known, query, on_close))}
    }
}

/// Puts the focus on a backup's name in the list, or on the page's heading when there is none (specification 4).
fn focus_row(name: Option<&str>) {
    let Some(body) = document().body() else { return };
    let names = rendered(&body, "[data-backup]");
    let row = names
        .into_iter()
        .find(|element| name.is_some() && element.get_attribute("data-backup").as_deref() == name);
    let heading = || rendered(&body, "#page-heading").into_iter().next();
    if let Some(element) = row.or_else(heading) {
        focus(&element);
    }
}
