//! All that is known of one backup.

use leptos::prelude::*;

use super::{row::Row, table::List};
use crate::{
    components::{BELOW_A_PANE, CopyButton, Moment},
    ui::{button::Button, changing::view_of, pane::Pane},
};

/// A pane beside the list, with what the row has no room for.
#[component]
pub fn BackupDetails(list: List, name: String, on_close: Callback<()>) -> impl IntoView {
    let name = StoredValue::new(name);
    let row = Memo::new(move |_| {
        let row = list.backups.listed.data.with(|backups| {
            let backups = backups.as_ref()?;
            let retention = list.shown.with(|shown| shown.retention_days);
            backups.row(name.with_value(|name| backups.place_of(name))?, retention)
        });
        (row, list.backups.all.data.with(Option::is_some))
    });
    let facts = move || {
        view_of(move || match row.get() {
            (Some(row), _) => facts(list, row),
            (None, true) => view! {
                <p>"This server has no such backup. It was deleted, or retention has taken it away."</p>
            }
            .into_any(),
            (None, false) => {
                view! { <p>"The list of backups has not been read to its end yet."</p> }.into_any()
            }
        })
    };
    view! {
        <Pane
            title=Signal::derive(move || name.get_value())
            on_close
            inert=BELOW_A_PANE
            footer=move || view! { <Button on_click=on_close>"Close"</Button> }
        >
            {facts()}
        </Pane>
    }
}

fn facts(list: List, row: Row) -> AnyView {
    let id = list
        .server
        .with_value(|server| format!("{server}/backups/{}", row.name));
    let moment = |at: Option<arm_core::Timestamp>| match at {
        Some(at) => view! { <Moment at /> }.into_any(),
        None => "Unknown".into_any(),
    };
    view! {
        <dl class="pane-facts">
            <div><dt>"Type"</dt><dd>{row.kind.label()}</dd></div>
            <div><dt>"Completed (UTC)"</dt><dd>{moment(row.completed)}</dd></div>
            <div><dt>"Source"</dt><dd>{row.source}</dd></div>
            <div><dt>"Retained until (UTC)"</dt><dd>{moment(row.retained_until)}</dd></div>
        </dl>
        <p class="backup-id">
            <span class="caption">"Resource ID"</span>
            <code>{id.clone()}</code>
            <CopyButton label="Copy resource ID" text=id small=true />
        </p>
    }
    .into_any()
}
