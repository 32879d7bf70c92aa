//! All flexible servers that the user may see, of all subscriptions.

mod commands;
pub mod coverage;
mod export_list;
mod filter_sheet;
pub mod join;
mod kept;
mod last_backup;
mod list_count;
mod list_query;
mod list_sort;
pub mod list_view;
mod panes;
mod query_pane;
pub mod reading;
mod row;
pub mod states;
mod table;
pub mod way_back;

use crate::{
    components::{MenuPage, PageHeader, PageMain, ReadingView, ResourceMenu, directories::AbsentDirectories},
    location::use_query_value,
    prelude::*,
    problem::{Problem, ProblemKind},
    session::use_session,
    text,
    ui::{
        changing::{view_if, view_of},
        icon::IconName,
        window::Window,
    },
};

use commands::Commands;
use coverage::Coverage;
use last_backup::LastBackups;
use list_count::ListCount;
use list_query::{ListFilters, ListQuery, use_list_query};
use reading::{Servers, use_servers};
use states::{Missing, NoAccess, NoMatch, NoServer};
use table::{Fleet, ServerTable};

/// The page.
#[component]
pub fn ServersPage() -> impl IntoView {
    let account = use_session().account().get_untracked();
    let kept = kept::kept(account.map(|account| (account.tenant_id, account.object_id)));
    let last_backups = LastBackups::provide(kept.known.clone());
    let servers = use_servers(kept);
    let query = use_list_query();
    let rows = Memo::new(move |_| {
        let names = servers.coverage.with(Coverage::names);
        servers.all.with(|all| row::rows(all, &names))
    });
    let shown = Memo::new(move |_| {
        rows.with(|rows| {
            query
                .filters
                .with(|filters| list_view::shown(rows, filters, query.sort.get()))
        })
    });
    let fleet = Fleet {
        rows,
        shown,
        has_several_subscriptions: Memo::new(move |_| {
            rows.with(|rows| {
                let mut ids = rows.iter().map(|row| row.server.subscription_id.as_str());
                ids.next()
                    .is_some_and(|first| ids.any(|id| !id.eq_ignore_ascii_case(first)))
            })
        }),
        last_backups,
        window: Window::new(),
    };
    let refresh = Callback::new(move |()| {
        servers.reading.again.run(());
        last_backups.refresh();
    });
    // Another order or another choice is another list.
    Effect::watch(
        move || (query.filters.get(), query.sort.get()),
        move |_, _, _| fleet.window.back_to_start(),
        false,
    );
    let (pane, set_pane) = use_query_value("pane");
    let is_open =
        move |name: &'static str| Signal::derive(move || pane.with(|pane| pane.as_deref() == Some(name)));
    let filters = list_query::filters(query, rows, servers.coverage);
    let numbers = Signal::derive(move || (shown.with(Vec::len), servers.all.with(|all| all.len())));
    let said = RwSignal::new(String::new());
    let on_close = Callback::new(move |()| set_pane.run(None));
    view! {
        <PageHeader name="Servers" subtitle=Signal::derive(move || summary(servers)) icon=IconName::Database />
        <ResourceMenu current=MenuPage::Servers server=None />
        <Commands
            servers
            fleet
            said
            on_refresh=refresh
            on_query=Callback::new(move |()| set_pane.run(Some("query".to_owned())))
        />
        <PageMain>
            <div class="list-bar">
                <ListFilters
                    query
                    filters
                    on_open=Callback::new(move |()| set_pane.run(Some("filter".to_owned())))
                />
                <ListCount servers shown query said />
            </div>
            <List servers fleet query />
        </PageMain>
        {view_if(is_open("query"), move || panes::show_query(query, on_close))}
        {view_if(is_open("filter"), move || panes::show_filters(query, filters, numbers, on_close))}
    }
}

/// The list, or what stands in its place.
#[component]
fn List(servers: Servers, fleet: Fleet, query: ListQuery) -> impl IntoView {
    let reading = servers.reading;
    let is_denied = Memo::new(move |_| {
        let is_of_access = |error: &arm_client::ArmError| Problem::from(error).kind == ProblemKind::NoAccess;
        reading.data.with(Option::is_none)
            && reading
                .problem
                .with(|error| error.as_ref().is_some_and(is_of_access))
    });
    let view = Callback::new(move |_: Signal<()>| {
        let absent = Signal::derive(move || servers.coverage.with(|coverage| coverage.absent.clone()));
        view! {
            <AbsentDirectories absent again=servers.reading.again />
            <Missing servers />
            <Rows servers fleet query />
        }
        .into_any()
    });
    view_of(move || {
        if is_denied.get() {
            view! { <NoAccess servers /> }.into_any()
        } else {
            view! { <ReadingView reading what="list of servers" view /> }.into_any()
        }
    })
}

/// What the list shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Rows,
    NoMatch,
    NoServer,
    NoAccess,
    /// Nothing yet, while it is being found out why.
    Nothing,
}

#[component]
fn Rows(servers: Servers, fleet: Fleet, query: ListQuery) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let is_any = servers.all.with(|all| !all.is_empty());
        let is_nothing_readable = servers.coverage.with(Coverage::is_nothing_readable);
        match (is_any, fleet.shown.with(Vec::is_empty)) {
            (true, false) => Shown::Rows,
            (true, true) => Shown::NoMatch,
            (false, _) if servers.is_reading_more.get() => Shown::Nothing,
            (false, _) if is_nothing_readable => Shown::NoAccess,
            (false, _) => Shown::NoServer,
        }
    });
    // Only the first rows after the page came up are what somebody came back to.
    let left = StoredValue::new(way_back::left_row());
    Effect::new(move |_| {
        if shown.get() == Shown::Rows
            && let Some(left) = left.try_update_value(Option::take).flatten()
            && let Some(position) = fleet.position_of(&left.key)
        {
            left.come_back(position, fleet.window);
        }
    });
    view_of(move || match shown.get() {
        Shown::Rows => view! { <ServerTable fleet query /> }.into_any(),
        Shown::NoMatch => view! { <NoMatch query /> }.into_any(),
        Shown::NoServer => view! { <NoServer servers /> }.into_any(),
        Shown::NoAccess => view! { <NoAccess servers /> }.into_any(),
        Shown::Nothing => ().into_any(),
    })
}

/// *12 flexible servers in 2 subscriptions*; of none the page says why.
fn summary(servers: Servers) -> String {
    servers.all.with(|all| {
        if all.is_empty() {
            return String::new();
        }
        let of_servers = all.iter().map(|server| server.subscription_id.as_str());
        let subscriptions = servers
            .coverage
            .with(|coverage| coverage.read_subscriptions(of_servers));
        format!("{} in {subscriptions}", text::count(all.len(), "flexible server"))
    })
}
