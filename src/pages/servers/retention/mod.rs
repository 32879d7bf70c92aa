//! *Long-term retention* of one server.

mod details;
mod list;
mod list_count;
mod list_sort;
mod pace;
mod panes;
mod retention_row;
mod row;
mod spoken;
mod start;
mod table;
mod watch;

use arm_core::ResourceId;

use super::{backups::Said, subtitle};
use crate::{
    components::{CommandBar, Crumb, MenuPage, PageHeader, PageMain, ResourceMenu},
    hooks::{use_reading, use_rights},
    location::use_query_value,
    prelude::*,
    rights::Act,
    routes,
    services::use_arm,
    stores::operations::{OperationState, use_operations},
    ui::{
        button::{Button, ButtonAppearance},
        changing::{view_if, view_of},
        filter_pill::{FilterOption, FilterPill},
        icon::IconName,
    },
};

use list::{List, use_list_query};
use list_count::ListCount;
use list_sort::STATES;
use table::RetentionTable;

/// The word of the *Start long-term backup* pane in the query.
const START: &str = "start";

/// The page of one server.
#[component]
pub fn RetentionPage(server: ResourceId) -> impl IntoView {
    let id = StoredValue::new(server.clone());
    let arm = use_arm();
    let details = use_reading({
        let arm = arm.clone();
        move || {
            let arm = arm.clone();
            async move { arm.flexible_servers().get(&id.get_value()).await }
        }
    });
    let reading = use_reading(move || {
        let retention = arm.long_term_retention(&id.get_value());
        async move { retention.operations().await }
    });
    use_rights(&[Act::LongTermBackup], move || {
        reading.read_at.get().map(|_| id.get_value())
    });
    let rows = Memo::new(move |_| {
        reading
            .data
            .with(|backups| backups.as_deref().map(row::rows).unwrap_or_default())
    });
    let (query, said) = (use_list_query(), Said::new());
    let shown =
        Memo::new(move |_| rows.with(|rows| list_sort::shown(rows, query.state.get(), query.sort.get())));
    let (detailed, set_detailed) = use_query_value("backup");
    let (pane, set_pane) = use_query_value("pane");
    let is_starting = Signal::derive(move || pane.with(|pane| pane.as_deref() == Some(START)));
    // What is begun here, and what has ended, has changed the list.
    let operations = use_operations();
    let running = Memo::new(move |_| {
        let unfinished = operations.unfinished_on(&id.get_value()).into_iter();
        unfinished
            .filter(|operation| operation.progress != OperationState::Sent)
            .count()
    });
    Effect::watch(move || running.get(), move |_, _, _| reading.again.run(()), false);
    let list = List {
        server: id,
        reading,
        rows,
        shown,
        paces: watch::use_watch(id, reading, rows),
        query,
        said,
        detailed,
        set_detailed,
        on_start: Callback::new(move |()| set_pane.run(Some(START.to_owned()))),
    };
    let on_refresh = Callback::new(move |()| {
        details.again.run(());
        reading.again.run(());
    });
    let states: Vec<_> = STATES
        .iter()
        .map(|(value, label)| FilterOption::new(*value, *label))
        .collect();
    view! {
        <PageHeader
            name=server.name().to_owned()
            page="Long-term retention"
            subtitle=subtitle(id, details)
            icon=IconName::Database
            crumbs=vec![
                Crumb { label: "Servers".to_owned(), path: routes::servers() },
                Crumb { label: server.name().to_owned(), path: routes::backups(&server) },
            ]
        />
        <ResourceMenu current=MenuPage::LongTermRetention server=Some(server) />
        <CommandBar>
            <Button act=Act::LongTermBackup appearance=ButtonAppearance::Subtle icon=IconName::Add on_click=list.on_start>
                "Start long-term backup"
            </Button>
            <Button
                appearance=ButtonAppearance::Subtle
                icon=IconName::ArrowClockwise
                busy=reading.is_loading
                on_click=on_refresh
            >
                "Refresh"
            </Button>
        </CommandBar>
        <PageMain>
            <div class="list-bar">
                <FilterPill
                    name="State"
                    options=states
                    selected=Signal::derive(move || query.state.get().to_owned())
                    on_select=query.set_state
                />
                <ListCount list />
            </div>
            <p class="list-note">
                "Each is a copy of the server\u{2019}s data in a container of your own storage account. Azure keeps this list; the copies themselves are seen and deleted in the container."
            </p>
            <RetentionTable list />
        </PageMain>
        {view_if(is_starting, move || {
            panes::start(list, details, Callback::new(move |()| set_pane.run(None)))
        })}
        {view_of(move || match detailed.get() {
            Some(key) => panes::details(list, key, Callback::new(move |()| set_detailed.run(None))),
            None => ().into_any(),
        })}
    }
}
