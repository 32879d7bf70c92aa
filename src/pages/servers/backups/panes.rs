//! What the page opens on a click: a part of its own, which comes when it is asked for.

use std::rc::Rc;

use arm_client::FlexibleServer;
use arm_core::{Clock, ResourceId};

use super::{
    backup_details::BackupDetails, backup_list::BackupList, code_pane::CodePane, delete_backup::DeleteBackup,
    export_list::export, filter_sheet::FilterSheet, list_query::ListQuery, row::Row, shown::Shown,
    table::List, take_backup::TakeBackup,
};
use crate::{
    components::{BELOW_A_PANE, LazyView, pane_not_offered},
    export::Format,
    hooks::{Reading, rights},
    lazy::lazy,
    prelude::*,
    rights::Act,
    ui::pane::Pane,
};

/// What the page knows of its server.
#[derive(Clone, Copy)]
pub struct Known {
    /// Which server.
    pub server: StoredValue<ResourceId>,
    /// The server itself.
    pub details: Reading<FlexibleServer>,
    /// Its backups.
    pub backups: Reading<BackupList>,
}

lazy! {
    backup_panes: fn take_backup_pane(known: Known, on_close: Callback<()>) -> AnyView {
        let Known { server, details, backups } = known;
        if rights().offers(Act::TakeBackup) {
            view! { <TakeBackup server details backups on_close /> }.into_any()
        } else {
            pane_not_offered("Take backup", on_close)
        }
    }
}

lazy! {
    backup_panes: fn code_pane(known: Known, query: ListQuery, on_close: Callback<()>) -> AnyView {
        let server = known.server;
        view! { <CodePane server query on_close /> }.into_any()
    }
}

lazy! {
    backup_panes: fn delete_dialog(known: Known, row: Row, on_cancel: Callback<()>, on_started: Callback<()>) -> AnyView {
        let Known { server, details, backups } = known;
        view! { <DeleteBackup server details backups row on_cancel on_started /> }.into_any()
    }
}

lazy! {
    backup_panes: fn filter_sheet(list: List, on_close: Callback<()>) -> AnyView {
        view! { <FilterSheet list on_close /> }.into_any()
    }
}

lazy! {
    backup_panes: fn details_pane(list: List, name: String, on_close: Callback<()>) -> AnyView {
        view! { <BackupDetails list name on_close /> }.into_any()
    }
}

lazy! {
    /// Gives the user the rows as a file, and what is said of it.
    export: pub fn exported(shown: Shown, server: String, format: Format, clock: Rc<dyn Clock>) -> String {
        export(&shown, &server, format, clock)
    }
}

/// Filters and order, on a small screen.
pub fn filter(list: List, on_close: Callback<()>) -> AnyView {
    let around = Box::new(move |content| in_pane("Filter and sort", on_close, content));
    view! { <LazyView load=Box::new(move || Box::pin(filter_sheet(list, on_close))) around rows=0 /> }
        .into_any()
}

/// All that is known of the backup of this name.
pub fn backup_details(list: List, name: String, on_close: Callback<()>) -> AnyView {
    let around = Box::new(move |content| in_pane("Details of a backup", on_close, content));
    let load = Box::new(move || Box::pin(details_pane(list, name.clone(), on_close)) as _);
    view! { <LazyView load around rows=0 /> }.into_any()
}

/// The *Take backup* pane.
pub fn take_backup(known: Known, on_close: Callback<()>) -> AnyView {
    let around = Box::new(move |content| in_pane("Take backup", on_close, content));
    view! { <LazyView load=Box::new(move || Box::pin(take_backup_pane(known, on_close))) around rows=0 /> }
        .into_any()
}

/// The list as code.
pub fn show_as_code(known: Known, query: ListQuery, on_close: Callback<()>) -> AnyView {
    let around = Box::new(move |content| in_pane("Show as code", on_close, content));
    view! { <LazyView load=Box::new(move || Box::pin(code_pane(known, query, on_close))) around rows=0 /> }
        .into_any()
}

/// The question before a deletion.
pub fn delete_backup(known: Known, row: Row, on_cancel: Callback<()>, on_started: Callback<()>) -> AnyView {
    let around = Box::new(move |content| in_pane("Delete on-demand backup", on_cancel, content));
    let load = Box::new(move || {
        let row = row.clone();
        Box::pin(delete_dialog(known, row, on_cancel, on_started)) as _
    });
    view! { <LazyView load around rows=0 /> }.into_any()
}

/// The pane while what it holds could not be fetched.
fn in_pane(title: &'static str, on_close: Callback<()>, content: AnyView) -> AnyView {
    let content = StoredValue::new_local(Some(content));
    let content = move || content.try_update_value(Option::take).flatten();
    view! { <Pane title on_close inert=BELOW_A_PANE>{content}</Pane> }.into_any()
}
