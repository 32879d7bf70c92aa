//! All that is known of one backup.

use arm_core::Timestamp;
use uuid::Uuid;

use super::{
    row::{Kind, Row},
    table::List,
};
use crate::{
    components::{BELOW_A_PANE, CopyButton, Moment},
    hooks::use_now,
    prelude::*,
    stores::operations::{OperationState, use_operations},
    text,
    ui::{
        button::Button,
        changing::{text_of, view_if, view_of},
        pane::Pane,
    },
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
    let being_taken = Memo::new(move |_| {
        list.live.with(|live| {
            let operation = live
                .iter()
                .find(|operation| name.with_value(|name| operation.act.backup_name() == Some(name)))?;
            Some((operation.id, operation.started))
        })
    });
    let facts = move || {
        view_of(move || {
            match row.get() {
            (Some(row), _) => facts(row),
            _ if being_taken.with(Option::is_some) => {
                let (id, started) = being_taken.get().unwrap_or_default();
                facts_of_taking(id, started)
            }
            (None, true) => view! {
                <p>"This server has no such backup. It was deleted, retention has taken it away, or the link is wrong."</p>
            }
            .into_any(),
            (None, false) => {
                view! { <p>"The list of backups has not been read to its end yet."</p> }.into_any()
            }
        }
        })
    };
    // It stays while what is being taken becomes a backup, and with it the focus, should its button have it.
    let is_known =
        Memo::new(move |_| row.with(|(row, _)| row.is_some()) || being_taken.with(Option::is_some));
    let id = move || {
        view_if(is_known, move || {
            let server = list.server.with_value(ToString::to_string);
            resource_id(format!("{server}/backups/{}", name.get_value()))
        })
    };
    view! {
        <Pane
            title=Signal::derive(move || name.get_value())
            on_close
            inert=BELOW_A_PANE
            footer=move || view! { <Button on_click=on_close>"Close"</Button> }
        >
            {facts()} {id()}
        </Pane>
    }
}

/// What is known of a backup that is being taken.
fn facts_of_taking(id: Uuid, started: Timestamp) -> AnyView {
    let (operations, now) = (use_operations(), use_now());
    let entry = Signal::derive(move || operations.get(id));
    let state = text_of(move || match entry.get().map(|entry| entry.progress) {
        Some(OperationState::Sent) => "Being requested".to_owned(),
        Some(OperationState::Unknown) => "Outcome not known, being looked for".to_owned(),
        Some(OperationState::Completed) => "Completed; the list is being read".to_owned(),
        _ => "Being taken".to_owned(),
    });
    let since = |then: Timestamp, now: Timestamp| (now - then).to_std().unwrap_or_default();
    let elapsed = text_of(move || text::duration(since(started, now.get())));
    let next_look = text_of(move || match entry.get().and_then(|entry| entry.next_look) {
        Some(next) => format!("In {}", text::duration(since(now.get(), next))),
        None => "Now".to_owned(),
    });
    view! {
        <dl class="pane-facts">
            <div><dt>"Type"</dt><dd>{Kind::OnDemand.label()}</dd></div>
            <div><dt>"State"</dt><dd>{state}</dd></div>
            <div><dt>"Triggered (UTC)"</dt><dd><Moment at=started /></dd></div>
            <div><dt>"Duration"</dt><dd>{elapsed} " so far"</dd></div>
            <div><dt>"Next look"</dt><dd>{next_look}</dd></div>
        </dl>
        <p>"Azure gives no percentage for it. You may close this tab: it is followed again when you come back."</p>
    }
    .into_any()
}

fn facts(row: Row) -> AnyView {
    let moment = |at: Option<Timestamp>| match at {
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
    }
    .into_any()
}

fn resource_id(id: String) -> AnyView {
    view! {
        <p class="backup-id">
            <span class="caption">"Resource ID"</span>
            <code>{id.clone()}</code>
            <CopyButton label="Copy resource ID" text=id small=true />
        </p>
    }
    .into_any()
}
