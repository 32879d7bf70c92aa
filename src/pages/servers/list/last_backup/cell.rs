//! The cell of a last backup.

use std::sync::Arc;

use arm_core::Timestamp;

use super::{age, known::LastBackup, reader::LastBackups};
use crate::{
    components::local_time,
    hooks::use_now,
    pages::servers::list::row::Row,
    prelude::*,
    text,
    ui::{changing::view_of, skeleton::SkeletonCell},
};

/// When the last backup was completed, as soon as that is known; why not, where it is not.
#[component]
pub fn LastBackupCell(row: Arc<Row>, last_backups: LastBackups) -> impl IntoView {
    if row.server.is_replica() {
        let why = "Azure takes no backups of a replica; its source has them.";
        return view! { <span class="cell-muted" title=why>"None of its own"</span> }.into_any();
    }
    let last = Memo::new({
        let row = row.clone();
        move |_| last_backups.get(&row.key)
    });
    view_of(move || match last.get() {
        None => view! { <SkeletonCell label="Being read" /> }.into_any(),
        Some(LastBackup::NoneYet) => view! { <span class="cell-muted">"None yet"</span> }.into_any(),
        Some(LastBackup::Unknown(reason)) => view! {
            <span class="cell-muted" title=reason.clone()>"Unknown"</span>
            <span class="visually-hidden">". " {reason.clone()}</span>
        }
        .into_any(),
        Some(LastBackup::At(at)) => view! { <At at row=row.clone() /> }.into_any(),
    })
}

#[component]
fn At(at: Timestamp, row: Arc<Row>) -> impl IntoView {
    let now = use_now();
    // The words change once a minute at most; a memo spares the page the other seconds.
    let age = Memo::new(move |_| {
        let now = now.get();
        let server = &row.server;
        let warning = age::warning(at, now, server.backup_retention_days, server.state.as_ref());
        (text::relative(at, now), warning)
    });
    let note = view_of(move || match age.get() {
        (relative, None) => view! { <span class="cell-note">{relative}</span> }.into_any(),
        (relative, Some(warning)) => view! {
            <span class="cell-note cell-warning" title=warning.clone()>
                {relative}<span class="visually-hidden">". " {warning.clone()}</span>
            </span>
        }
        .into_any(),
    });
    view! {
        <span>
            <time datetime=at.to_rfc3339() title=move || local_time(at)>{text::date_and_minute(at)}</time>
            <span class="below-640">" UTC"</span>
            " "
            {note}
        </span>
    }
}
