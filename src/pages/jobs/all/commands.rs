//! The commands of the page.

use super::{panes::exported, reading::Listed};
use crate::{
    components::CommandBar,
    export::Format,
    hooks::Reading,
    lazy::NotLoaded,
    pages::jobs::table::List,
    prelude::*,
    services::use_services,
    ui::{
        button::{Button, ButtonAppearance},
        icon::IconName,
        menu_button::{MenuButton, MenuEntry},
    },
};

/// *Refresh*, *Export*, *Show query*.
#[component]
pub fn Commands(
    reading: Reading<Listed>,
    list: List,
    /// What the page says aloud.
    said: RwSignal<String>,
    on_query: Callback<()>,
) -> impl IntoView {
    let clock = StoredValue::new_local(use_services().page_clock.clone());
    let export_as = move |format| {
        Callback::new(move |()| {
            let (rows, clock) = (list.shown_rows(), clock.get_value());
            spawn_local(async move {
                let sentence = exported(rows, format, clock).await;
                said.try_set(sentence.unwrap_or_else(|NotLoaded| {
                    "Not exported: a part of the portal could not be loaded. Try again.".to_owned()
                }));
            });
        })
    };
    let entry = |label: &str, icon, format| MenuEntry {
        label: label.to_owned(),
        icon: Some(icon),
        disabled_reason: None,
        on_select: export_as(format),
    };
    let entries = vec![
        entry("CSV, for spreadsheets", IconName::Document, Format::Csv),
        entry("JSON, for programs", IconName::Code, Format::Json),
    ];
    view! {
        <CommandBar>
            <Button
                appearance=ButtonAppearance::Subtle
                icon=IconName::ArrowClockwise
                busy=reading.is_loading
                on_click=reading.again
            >
                "Refresh"
            </Button>
            <MenuButton label="Export" icon=IconName::ArrowDownload show_label=true entries />
            <Button appearance=ButtonAppearance::Subtle icon=IconName::Code on_click=on_query>
                "Show query"
            </Button>
        </CommandBar>
    }
}
