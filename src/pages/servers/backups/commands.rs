//! The commands of the page.

use super::{azure_portal, panes::exported, table::List};
use crate::{
    components::CommandBar,
    export::Format,
    lazy::NotLoaded,
    prelude::*,
    rights::Act,
    services::use_services,
    session::use_session,
    ui::{
        button::{Button, ButtonAppearance},
        icon::{Icon, IconName},
        menu_button::{MenuButton, MenuEntry},
    },
};

/// *Backup now*, *Refresh*, *Export*, *Show as code*, and the way to the Azure portal; on a phone two, and *More*.
#[component]
pub fn Commands(list: List, on_code: Callback<()>) -> impl IntoView {
    let services = use_services();
    let tenant = use_session()
        .account()
        .get_untracked()
        .map(|account| account.tenant_id);
    let portal = list
        .server
        .with_value(|server| azure_portal::link(services.config.cloud, tenant.as_deref(), server));
    let (clock, server) = (StoredValue::new_local(services.page_clock.clone()), list.server);
    let export_as = move |format| {
        Callback::new(move |()| {
            let (shown, clock) = (list.shown.get_untracked(), clock.get_value());
            let name = server.with_value(|server| server.name().to_owned());
            spawn_local(async move {
                let sentence = exported(shown, name, format, clock).await;
                list.said.say(sentence.unwrap_or_else(|NotLoaded| {
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
    let formats = vec![
        entry(
            "CSV, for spreadsheets",
            IconName::Document,
            export_as(Format::Csv),
        ),
        entry("JSON, for programs", IconName::Code, export_as(Format::Json)),
    ];
    let mut more = vec![
        entry("Export as CSV", IconName::ArrowDownload, export_as(Format::Csv)),
        entry("Export as JSON", IconName::ArrowDownload, export_as(Format::Json)),
        entry("Show as code", IconName::Code, on_code),
    ];
    if let Some(url) = portal.clone() {
        let open = Callback::new(move |()| {
            // A page that the browser keeps from opening another says so itself.
            drop(window().open_with_url_and_target_and_features(&url, "_blank", "noopener"));
        });
        more.push(entry("Open in Azure portal", IconName::Open, open));
    }
    let portal = portal.map(|url| {
        view! {
            <a
                class="button button-subtle command-end from-640"
                href=url
                target="_blank"
                rel="noopener"
                title="Opens in a new tab"
            >
                <Icon name=IconName::Open />
                "Open in Azure portal"
            </a>
        }
    });
    view! {
        <CommandBar>
            <Button act=Act::TakeBackup appearance=ButtonAppearance::Subtle icon=IconName::Add on_click=list.on_take>
                "Backup now"
            </Button>
            <Button
                appearance=ButtonAppearance::Subtle
                icon=IconName::ArrowClockwise
                busy=list.backups.all.is_loading
                on_click=list.on_refresh
            >
                "Refresh"
            </Button>
            <span class="command-divider from-640"></span>
            <span class="from-640">
                <MenuButton label="Export" icon=IconName::ArrowDownload show_label=true entries=formats />
            </span>
            <span class="from-640">
                <Button appearance=ButtonAppearance::Subtle icon=IconName::Code on_click=on_code>
                    "Show as code"
                </Button>
            </span>
            {portal}
            <span class="below-640 command-end">
                <MenuButton label="More commands" entries=more />
            </span>
        </CommandBar>
    }
}
