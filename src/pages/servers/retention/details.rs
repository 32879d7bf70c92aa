//! All that is known of one long-term retention backup.

use super::{
    list::List,
    pace,
    retention_row::{done, duration, ended, in_words, size, started, state, transferred},
    row::{Row, State},
};
use crate::{
    components::{BELOW_A_PANE, CopyButton},
    hooks::use_now,
    prelude::*,
    ui::{
        button::Button,
        changing::view_of,
        message_bar::{MessageBar, MessageIntent},
        pane::Pane,
        progress::ProgressBar,
    },
};

/// A pane beside the list; what runs goes on in it.
#[component]
pub fn Details(list: List, key: String, on_close: Callback<()>) -> impl IntoView {
    let title = key.clone();
    let row = Memo::new(move |_| {
        let row = list
            .rows
            .with(|rows| rows.iter().find(|row| row.key == key).cloned());
        (row, list.reading.data.with(Option::is_some))
    });
    let content = move || {
        view_of(move || match row.get() {
            (Some(row), _) => facts(list, &row),
            (None, true) => {
                view! { <p>"This server has no long-term retention backup of this name."</p> }.into_any()
            }
            (None, false) => {
                view! { <p>"The list of long-term retention backups was not read yet."</p> }.into_any()
            }
        })
    };
    view! {
        <Pane
            title=Signal::derive(move || title.clone())
            on_close
            inert=BELOW_A_PANE
            footer=move || view! { <Button on_click=on_close>"Close"</Button> }
        >
            {content()}
        </Pane>
    }
}

fn facts(list: List, row: &Row) -> AnyView {
    let id = list
        .server
        .with_value(|server| format!("{server}/ltrBackupOperations/{}", row.name));
    let metadata = row.metadata.clone().unwrap_or_else(|| "None".to_owned());
    view! {
        {failure(row)}
        {progress(list, row)}
        <dl class="pane-facts">
            <div><dt>"State"</dt><dd>{state(row)}</dd></div>
            <div><dt>"Started (UTC)"</dt><dd>{started(row)}</dd></div>
            <div><dt>"Ended (UTC)"</dt><dd>{ended(row)}</dd></div>
            <div><dt>"Duration"</dt><dd>{duration(row)}</dd></div>
            <div><dt>"Data size on the server"</dt><dd>{size(row)}</dd></div>
            <div><dt>"Transferred"</dt><dd>{transferred(row)}</dd></div>
            <div><dt>"Done"</dt><dd>{done(row)}</dd></div>
            <div><dt>"Backup metadata"</dt><dd>{metadata}</dd></div>
        </dl>
        <p class="backup-id">
            <span class="caption">"Resource ID"</span>
            <code>{id.clone()}</code>
            <CopyButton label="Copy resource ID" text=id small=true />
        </p>
    }
    .into_any()
}

/// Why it failed, in the service's words.
fn failure(row: &Row) -> AnyView {
    if row.error_code.is_none() && row.error_message.is_none() {
        return ().into_any();
    }
    let title = match row.state {
        State::Failed => "The backup failed.",
        _ => "Azure reports an error.",
    };
    let message = row.error_message.clone().unwrap_or_default();
    let code = row.error_code.clone().map(|code| view! { <code>{code}</code> });
    view! { <MessageBar intent=MessageIntent::Error title>{message} " " {code}</MessageBar> }.into_any()
}

/// How far it is, and how fast it goes.
fn progress(list: List, row: &Row) -> AnyView {
    if row.state != State::Running {
        return ().into_any();
    }
    let (now, name) = (use_now(), row.name.clone());
    // Once a second at most, and only where the words change.
    let said = Memo::new(move |_| {
        list.paces.with(|paces| {
            let pace = paces.iter().find(|(known, _)| *known == name);
            pace.map(|(_, progress)| pace::sentences(progress, now.get()))
                .unwrap_or_default()
        })
    });
    let label = format!("Long-term retention backup {}", row.name);
    view! {
        <ProgressBar label percent=row.percent value_text=in_words(row) />
        <p class="retention-pace">{said} " It goes on when this tab is closed."</p>
    }
    .into_any()
}
