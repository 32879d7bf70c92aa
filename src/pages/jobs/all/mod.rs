//! The jobs of all vaults that the user may see, of all subscriptions.

mod commands;
mod export_list;
mod fresh;
mod list_query;
mod panes;
mod reading;

use std::sync::Arc;

use arm_core::ResourceId;
use chrono::TimeDelta;

use super::{
    list_sort::{Column, count, shown},
    row::{Row, ends},
    table::{List, Of, table_or},
};
use crate::{
    components::{
        MenuPage, PageHeader, PageMain, ReadingView, ResourceMenu, directories::AbsentDirectories, order,
    },
    hooks::{Reading, use_reading},
    location::{link, use_query_value},
    pages::{
        servers::list::coverage::Coverage,
        vaults::{
            filter_sheet::filter_sheet,
            list_bar::{ListBar, ListCount, again_while},
            unread::{Listing, Missing, NoAccess},
        },
    },
    prelude::*,
    problem::{Problem, ProblemKind},
    routes,
    services::use_arm,
    session::use_session,
    stores::operations::use_operations,
    text,
    ui::{
        button::Button,
        changing::{text_of, view_if, view_of},
        empty_state::EmptyState,
        icon::IconName,
        window::Window,
    },
};

use commands::Commands;
use fresh::use_rows;
use list_query::use_list_query;
use reading::Listed;

/// What a role must hold for jobs to be listed.
const ACTION: &str = "Microsoft.DataProtection/backupVaults/backupJobs/read";
/// The word of the sheet of filters in the query.
const FILTER: &str = "filter";
/// The word of the pane with the query of Resource Graph.
const QUERY: &str = "query";

/// The page.
#[component]
pub fn JobsPage() -> impl IntoView {
    let (arm, session) = (use_arm(), use_session());
    let reading = use_reading(move || reading::read(arm.clone(), session));
    // Other directories are another list.
    let directories = session.directories();
    Effect::watch(
        move || directories.get(),
        move |_, _, _| reading.again.run(()),
        false,
    );
    let coverage = Memo::new(move |_| {
        reading.data.with(|listed| {
            let coverage = listed.as_ref().map(|listed| listed.coverage.clone());
            coverage.unwrap_or_default()
        })
    });
    let listing = Listing {
        coverage,
        again: reading.again,
        what: "jobs",
        action: ACTION,
    };
    let (list, has_several_subscriptions, query) = use_list(reading, coverage);
    let rows = list.rows;
    let counted = Memo::new(move |_| {
        let is_read = reading.data.with(Option::is_some);
        is_read.then(|| count(list.shown.with(Vec::len), rows.with(Vec::len)))
    });
    let said = RwSignal::new(String::new());
    say_what_changes(list, move || query.wanted(None), counted, said);
    let choices = StoredValue::new(query.choices(rows, has_several_subscriptions));
    let (pane, set_pane) = use_query_value("pane");
    let is_filtering = Signal::derive(move || pane.with(|pane| pane.as_deref() == Some(FILTER)));
    let is_query = Signal::derive(move || pane.with(|pane| pane.as_deref() == Some(QUERY)));
    let on_query = Callback::new(move |()| set_pane.run(Some(QUERY.to_owned())));
    let on_close = Callback::new(move |()| set_pane.run(None));
    let is_denied = Memo::new(move |_| {
        let is_of_access = |error: &arm_client::ArmError| Problem::from(error).kind == ProblemKind::NoAccess;
        reading.data.with(Option::is_none)
            && reading
                .problem
                .with(|error| error.as_ref().is_some_and(is_of_access))
    });
    let is_nothing_readable = Memo::new(move |_| coverage.with(|coverage| coverage.is_nothing_readable()));
    let of = Of::All(has_several_subscriptions);
    let content = move |_: Signal<Listed>| {
        let nothing = move || {
            if is_nothing_readable.get() {
                view! { <NoAccess listing /> }.into_any()
            } else {
                nothing(reading.again)
            }
        };
        view! {
            <AbsentDirectories
                absent=Signal::derive(move || coverage.with(|coverage| coverage.absent.clone()))
                again=reading.again
            />
            <Missing listing />
            {table_or(list, of, move || no_match(query.clear), nothing)}
        }
        .into_any()
    };
    let content = Callback::new(content);
    view! {
        <PageHeader
            name="Jobs"
            subtitle=Signal::derive(move || summary(rows, coverage))
            icon=IconName::TaskListLtr
        />
        <ResourceMenu current=MenuPage::Jobs server=None />
        <Commands reading list said on_query />
        <PageMain>
            <ListBar
                search=query.search
                label="Search by datasource or job ID"
                set_search=query.set_search
                search_input=query.search_input
                choices=choices.get_value()
                on_open=Callback::new(move |()| set_pane.run(Some(FILTER.to_owned())))
            >
                <ListCount reading counted />
            </ListBar>
            <p class="visually-hidden" role="status">{text_of(move || said.get())}</p>
            {view_of(move || {
                if is_denied.get() {
                    view! { <NoAccess listing /> }.into_any()
                } else {
                    view! { <ReadingView reading what="list of jobs" view=content /> }.into_any()
                }
            })}
        </PageMain>
        {view_if(is_query, move || panes::show_query(on_close))}
        {view_if(is_filtering, move || {
            let mut choices = choices.get_value();
            choices.push(order(Column::label, query.sort, query.set_sort));
            filter_sheet(choices, counted, query.clear, on_close)
        })}
    }
}

/// The rows, which of them are shown, and whether they are of several subscriptions.
fn use_list(
    reading: Reading<Listed>,
    coverage: Memo<Arc<Coverage>>,
) -> (List, Memo<bool>, list_query::ListQuery) {
    let query = use_list_query();
    let told = use_rows(reading, own_jobs(reading));
    let rows = Memo::new(move |_| {
        let names = coverage.with(|coverage| coverage.names());
        let mut rows = told.get();
        for row in &mut rows {
            let id = row.id.subscription_id();
            let known = names.iter().find(|(known, _)| known.eq_ignore_ascii_case(id));
            if let Some((_, name)) = known {
                row.subscription.clone_from(name);
            }
        }
        rows
    });
    let has_several_subscriptions = Memo::new(move |_| {
        rows.with(|rows: &Vec<Row>| {
            let mut ids = rows.iter().map(|row| row.id.subscription_id());
            ids.next()
                .is_some_and(|first| ids.any(|id| !id.eq_ignore_ascii_case(first)))
        })
    });
    let list = List {
        rows,
        shown: Memo::new(move |_| {
            let wanted = query.wanted(reading.read_at.get());
            rows.with(|rows| shown(rows, &wanted, query.sort.get()))
        }),
        sort: query.sort,
        sort_by: query.sort_by,
        window: Window::new(),
    };
    list.come_back();
    let goes_on = Memo::new(move |_| rows.with(|rows| rows.iter().any(Row::is_to_be_followed)));
    again_while(goes_on, reading.again);
    (list, has_several_subscriptions, query)
}

/// Jobs that this user's operations have started lately, which Resource Graph may not tell of yet.
fn own_jobs(reading: Reading<Listed>) -> Memo<Vec<ResourceId>> {
    /// More than it is ever behind.
    const LATELY: TimeDelta = TimeDelta::hours(1);
    let operations = use_operations();
    Memo::new(move |_| {
        let Some(read_at) = reading.read_at.get() else {
            return vec![];
        };
        let all = operations.all().into_iter();
        all.filter(|operation| operation.started > read_at - LATELY)
            .filter_map(|operation| operation.job)
            .collect()
    })
}

/// Says the number after a search or filter, the order after a sort, and each end.
fn say_what_changes(
    list: List,
    wanted: impl Fn() -> super::list_sort::Filters + Send + Sync + 'static,
    counted: Memo<Option<String>>,
    said: RwSignal<String>,
) {
    Effect::watch(
        wanted,
        move |_, _, _| {
            list.window.back_to_start();
            said.set(format!("{}.", counted.get_untracked().unwrap_or_default()));
        },
        false,
    );
    Effect::watch(
        move || list.sort.get(),
        move |sort, _, _| {
            list.window.back_to_start();
            said.set(sort.spoken());
        },
        false,
    );
    Effect::watch(
        move || list.rows.get(),
        move |rows, before, _| {
            for sentence in ends(before.map_or(&[], Vec::as_slice), rows) {
                said.set(sentence);
            }
        },
        false,
    );
}

/// *17 jobs in 2 subscriptions, 1 in progress*; of none the page says why.
fn summary(rows: Memo<Vec<Row>>, coverage: Memo<Arc<Coverage>>) -> String {
    rows.with(|rows| {
        if rows.is_empty() {
            return String::new();
        }
        let of_jobs = rows.iter().map(|row| row.id.subscription_id());
        let subscriptions = coverage.with(|coverage| coverage.read_subscriptions(of_jobs));
        let running = rows
            .iter()
            .filter(|row| row.state == super::state::State::Running)
            .count();
        let running = match running {
            0 => String::new(),
            running => format!(" · {running} in progress"),
        };
        format!("{} in {subscriptions}{running}", text::count(rows.len(), "job"))
    })
}

/// There are jobs, and the filters hide all of them.
fn no_match(clear: Callback<()>) -> AnyView {
    view! {
        <EmptyState
            icon=IconName::Filter
            title="No job matches these filters."
            actions=move || view! { <Button on_click=clear>"Clear filters"</Button> }
        >
            "Other jobs are hidden."
        </EmptyState>
    }
    .into_any()
}

/// Azure lists none.
fn nothing(again: Callback<()>) -> AnyView {
    view! {
        <EmptyState
            icon=IconName::TaskListLtr
            title="No jobs yet"
            actions=move || view! {
                <a class="button button-default" href=link(&routes::vaults())>"Show backup vaults"</a>
                <Button on_click=again>"Refresh"</Button>
            }
        >
            "Each backup and each restore of a backup vault is a job. A new one can take some minutes to appear."
        </EmptyState>
    }
    .into_any()
}
