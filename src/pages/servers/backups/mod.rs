//! *Backup and restore* of one server.

mod about_backup;
mod azure_portal;
mod backup_details;
mod backup_list;
mod backup_row;
mod backups_reading;
mod code_pane;
mod commands;
mod consequences;
mod delete_backup;
mod export_list;
mod facts;
mod filter_sheet;
mod going;
mod list_count;
mod list_filters;
mod list_query;
mod list_sort;
mod list_view;
mod live_row;
mod name;
mod panes;
mod row;
mod row_menu;
mod said;
mod shown;
mod table;
mod take_backup;
mod taking;

use arm_core::ResourceId;

use crate::{
    components::{Crumb, MenuPage, PageHeader, PageMain, ResourceMenu},
    hooks::{use_copying, use_reading, use_rights},
    location::use_query_value,
    prelude::*,
    rights::Act,
    routes,
    services::use_arm,
    stores::operations::use_operations,
    ui::{
        changing::{view_if, view_of},
        focus::{focus, rendered},
        icon::IconName,
        window::Window,
    },
};

use super::subtitle;
use backups_reading::use_backups;
use commands::Commands;
use facts::Facts;
use going::use_going;
use list_count::ListCount;
use list_filters::ListFilters;
use list_query::use_list_query;
use panes::Known;
use row::Row;
pub use said::Said;
use shown::{Shown, use_shown};
use table::{BackupTable, List};
use taking::use_taking;

/// The page of one server.
#[component]
pub fn BackupsPage(server: ResourceId) -> impl IntoView {
    let (arm, operations) = (use_arm(), use_operations());
    let id = StoredValue::new(server.clone());
    let details = use_reading(move || {
        let arm = arm.clone();
        async move { arm.flexible_servers().get(&id.get_value()).await }
    });
    let backups = use_backups(id);
    // What may be done is read once the list is there, and whenever it has been read again.
    use_rights(&[Act::TakeBackup, Act::DeleteBackup], move || {
        backups.all.read_at.get().map(|_| id.get_value())
    });
    let refresh = Callback::new(move |()| {
        details.again.run(());
        backups.all.again.run(());
    });
    // An operation that ends has changed the list.
    let running = Memo::new(move |_| operations.unfinished_on(&id.get_value()).len());
    Effect::watch(
        move || running.get(),
        move |now, before, _| {
            if before.is_some_and(|before| now < before) {
                backups.all.again.run(());
            }
        },
        false,
    );
    let query = use_list_query();
    let shown = use_shown(backups.listed, details, query);
    let (table, said) = (Window::new(), Said::new());
    let known = Known {
        server: id,
        details,
        backups: backups.all,
    };
    // The backup whose deletion is asked about, and the one in the row after it.
    let asked = RwSignal::new(None::<(Row, Option<String>)>);
    let deletion = view_of(move || match asked.get() {
        Some((row, next)) => {
            let on_cancel = Callback::new(move |()| asked.set(None));
            let on_started = Callback::new(move |()| {
                asked.set(None);
                // The dialog gives the focus back to a button that goes; the next row takes it from there.
                focus_row(shown, table, next.clone());
            });
            panes::delete_backup(known, row, on_cancel, on_started)
        }
        None => ().into_any(),
    });
    let (pane, set_pane) = use_query_value("pane");
    let is_open =
        move |name: &'static str| Signal::derive(move || pane.with(|pane| pane.as_deref() == Some(name)));
    let open = move |name: &'static str| Callback::new(move |()| set_pane.run(Some(name.to_owned())));
    let on_close = Callback::new(move |()| set_pane.run(None));
    // The backup whose details are open is in the query as well.
    let (detailed, set_detailed) = use_query_value("backup");
    let arrived = StoredValue::new(Vec::new());
    let list = List {
        server: id,
        backups,
        shown,
        live: use_taking(id, backups.all, arrived),
        going: use_going(id, backups.all),
        arrived,
        query,
        window: table,
        said,
        copying: use_copying(),
        detailed,
        set_detailed,
        on_delete: Callback::new(move |row| asked.set(Some(row))),
        on_take: open("take-backup"),
        on_refresh: refresh,
    };
    let subtitle = subtitle(id, details);
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
        <Commands list on_code=open("code") />
        <PageMain>
            <Facts details backups=backups.all />
            <div class="list-bar">
                <ListFilters query on_open=open("filter") />
                <ListCount backups shown query said />
            </div>
            <p class="list-note">
                "On-demand backups are automatically deleted, according to your configured backup retention period. \
                 However, you can manually delete them earlier if they\u{2019}re no longer needed."
            </p>
            <BackupTable list />
        </PageMain>
        {deletion}
        {view_if(is_open("take-backup"), move || panes::take_backup(known, on_close))}
        {view_if(is_open("code"), move || panes::show_as_code(known, query, on_close))}
        {view_if(is_open("filter"), move || panes::filter(list, on_close))}
        {view_of(move || match detailed.get() {
            Some(name) => panes::backup_details(list, name, Callback::new(move |()| set_detailed.run(None))),
            None => ().into_any(),
        })}
    }
}

/// Puts the focus on a backup's name in the list, or on the page's heading when there is none (specification 4).
fn focus_row(shown: Memo<Shown>, table: Window, name: Option<String>) {
    let position = name
        .as_ref()
        .and_then(|name| shown.with_untracked(|shown| shown.position_of(name)));
    if let Some(position) = position {
        table.reveal(position);
    }
    // A row out of sight is in the page from the next frame on.
    request_animation_frame(move || {
        let Some(body) = document().body() else { return };
        let names = rendered(&body, "[data-backup]");
        let row = names
            .into_iter()
            .find(|element| name.is_some() && element.get_attribute("data-backup") == name);
        let heading = || rendered(&body, "#page-heading").into_iter().next();
        if let Some(element) = row.or_else(heading) {
            focus(&element);
        }
    });
}
