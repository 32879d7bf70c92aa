//! The commands of the page.

use super::{panes::exported, reading::Servers, table::Fleet};
use crate::{
    components::CommandBar,
    export::Format,
    lazy::NotLoaded,
    prelude::*,
    services::use_services,
    ui::{
        button::{Button, ButtonAppearance},
        icon::IconName,
        menu_button::{MenuButton, MenuEntry},
    },
};

/// *Refresh*, *Export*, *Show query*; on a phone one, and *More*.
#[component]
pub fn Commands(
    servers: Servers,
    fleet: Fleet,
    /// What the page says aloud.
    said: RwSignal<String>,
    on_refresh: Callback<()>,
    on_query: Callback<()>,
) -> impl IntoView {
    let clock = StoredValue::new_local(use_services().page_clock.clone());
    let export_as = move |format| {
        Callback::new(move |()| {
            let (rows, clock) = (fleet.shown_rows(), clock.get_value());
            spawn_local(async move {
                let sentence = exported(rows, fleet.last_backups, format, clock).await;
                said.try_set(sentence.unwrap_or_else(|NotLoaded| {
                    "Not exported: a part of the portal could not be loaded. Try again.".to_owned()
                }));
            });
        })
    };
    let entry = |label: &str, icon, on_select| MenuEntry {
        label: label.to_owned(),
        icon: Some(icon),
        disabled_reason: None,
        on_select,
    };
    let csv = |label| entry(label, IconName::Document, export_as(Format::Csv));
    let json = |label| entry(label, IconName::Code, export_as(Format::Json));
    let formats = vec![csv("CSV, for spreadsheets"), json("JSON, for programs")];
    let more = vec![
        csv("Export as CSV"),
        json("Export as JSON"),
        entry("Show query", IconName::Code, on_query),
    ];
    view! {
        <CommandBar>
            <Button
                appearance=ButtonAppearance::Subtle
                icon=IconName::ArrowClockwise
                busy=servers.reading.is_loading
                on_click=on_refresh
            >
                "Refresh"
            </Button>
            <span class="command-divider from-640"></span>
            <span class="from-640">
                <MenuButton label="Export" icon=IconName::ArrowDownload show_label=true entries=formats />
            </span>
            <span class="from-640">
                <Button appearance=ButtonAppearance::Subtle icon=IconName::Code on_click=on_query>
                    "Show query"
                </Button>
            </span>
            <span class="below-640 command-end">
                <MenuButton label="More commands" entries=more />
            </span>
        </CommandBar>
    }
}
