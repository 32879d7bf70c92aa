//! All backup vaults that the user may see, of all subscriptions.

mod create;
mod list_query;
mod list_sort;
mod reading;
mod row;
mod states;
mod table;

use std::sync::Arc;

use super::{
    filter_sheet::filter_sheet,
    list_bar::{ListBar, ListCount, unless_empty},
    unread::{Listing, Missing, NoAccess},
};
use crate::{
    components::{
        ActLink, CommandBar, MenuPage, PageHeader, PageMain, ReadingView, ResourceMenu,
        directories::AbsentDirectories, order,
    },
    hooks::{Reading, use_reading},
    location::{link, use_query_value},
    pages::servers::list::{coverage::Coverage, way_back},
    prelude::*,
    problem::{Problem, ProblemKind},
    rights::Act,
    routes,
    services::use_arm,
    session::use_session,
    text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_if, view_of},
        icon::IconName,
        window::Window,
    },
};

pub use reading::{or_none, subscriptions};

use list_query::{ListFilters, region_choice, use_filters};
use list_sort::{Column, Sort, count, shown};
use reading::Listed;
use row::Row;
use states::{NoMatch, NoVault};
use table::{Counted, VaultTable};

/// What a role must hold for a subscription's vaults to be listed.
const ACTION: &str = "Microsoft.DataProtection/backupVaults/read";
/// The word of the *Create backup vault* pane in the query.
const CREATE: &str = "create-vault";
/// The word of the sheet of filters in the query.
const FILTER: &str = "filter";

/// What the page knows of the vaults.
#[derive(Clone, Copy)]
pub struct Vaults {
    /// How the reading goes.
    pub reading: Reading<Listed>,
    /// Which subscriptions are read.
    pub coverage: Memo<Arc<Coverage>>,
    /// All rows.
    pub rows: Memo<Vec<Row>>,
    /// The places in `rows` of those shown, in their order.
    pub shown: Memo<Vec<usize>>,
    /// Whether the numbers of instances are still to come.
    pub are_counted: Signal<Counted>,
    /// Whether the subscription is worth a column.
    pub has_several_subscriptions: Memo<bool>,
    /// The rows in the page.
    pub window: Window,
}

impl Vaults {
    /// What the row at a place of the table is made from.
    pub fn row_at<R>(self, position: usize, of_row: impl FnOnce(&Row) -> R) -> Option<R> {
        let index = self.shown.with_untracked(|shown| shown.get(position).copied())?;
        self.rows.with_untracked(|rows| rows.get(index).map(of_row))
    }

    /// The place of the row with this key in the table.
    fn position_of(self, key: &str) -> Option<usize> {
        let is_it = |index: &usize| {
            self.rows
                .with_untracked(|rows| rows.get(*index).is_some_and(|row| row.key == key))
        };
        self.shown.with_untracked(|shown| shown.iter().position(is_it))
    }
}

/// The page.
#[component]
pub fn VaultsPage() -> impl IntoView {
    let (arm, session) = (use_arm(), use_session());
    let instances = use_reading({
        let arm = arm.clone();
        move || reading::instances(arm.clone(), session)
    });
    let listed = use_reading(move || reading::read(arm.clone(), session));
    let reading = Reading {
        again: Callback::new(move |()| {
            listed.again.run(());
            instances.again.run(());
        }),
        ..listed
    };
    // Other directories are another list.
    let directories = session.directories();
    Effect::watch(
        move || directories.get(),
        move |_, _, _| reading.again.run(()),
        false,
    );
    let (filters, sort) = (use_filters(), use_query_value("sort"));
    let (sort, set_sort) = (
        Memo::new(move |_| sort.0.with(|word| Sort::from_query(word.as_deref()))),
        sort.1,
    );
    let coverage = Memo::new(move |_| {
        reading.data.with(|listed| {
            listed
                .as_ref()
                .map(|listed| listed.coverage.clone())
                .unwrap_or_default()
        })
    });
    let protected = Memo::new(move |_| {
        instances
            .data
            .with(|instances| instances.as_deref().map(row::protected))
    });
    // Resource Graph is minutes behind: what is made here is shown until it tells of it.
    let made = RwSignal::new(Vec::new());
    let rows = Memo::new(move |_| {
        let names = coverage.with(|coverage| coverage.names());
        reading.data.with(|listed| {
            let vaults = listed.as_ref().map(|listed| listed.vaults.as_slice());
            let mut vaults = vaults.unwrap_or_default().to_vec();
            made.with(|made| create::add(&mut vaults, made));
            protected.with(|protected| row::rows(&vaults, &names, protected.as_deref()))
        })
    });
    let vaults = Vaults {
        reading,
        coverage,
        rows,
        shown: Memo::new(move |_| {
            rows.with(|rows| filters.wanted.with(|filters| shown(rows, filters, sort.get())))
        }),
        are_counted: Signal::derive(move || {
            if instances.problem.with(Option::is_some) {
                Counted::Not
            } else {
                Counted::Soon
            }
        }),
        has_several_subscriptions: Memo::new(move |_| {
            rows.with(|rows| {
                let mut ids = rows.iter().map(|row| row.vault.subscription_id.as_str());
                ids.next()
                    .is_some_and(|first| ids.any(|id| !id.eq_ignore_ascii_case(first)))
            })
        }),
        window: Window::new(),
    };
    let (counted, said) = (counted(vaults), RwSignal::new(String::new()));
    Effect::watch(
        move || filters.wanted.get(),
        move |_, _, _| {
            vaults.window.back_to_start();
            said.set(format!("{}.", counted.get_untracked().unwrap_or_default()));
        },
        false,
    );
    Effect::watch(
        move || sort.get(),
        move |sort, _, _| {
            vaults.window.back_to_start();
            said.set(sort.spoken());
        },
        false,
    );
    let region = region_choice(rows, filters);
    let sort_by =
        Callback::new(move |column| set_sort.run(sort.get_untracked().after_click(column).to_query()));
    let (pane, set_pane) = use_query_value("pane");
    let is_creating = Signal::derive(move || pane.with(|pane| pane.as_deref() == Some(CREATE)));
    let on_create = Callback::new(move |()| set_pane.run(Some(CREATE.to_owned())));
    let is_filtering = Signal::derive(move || pane.with(|pane| pane.as_deref() == Some(FILTER)));
    let on_close = Callback::new(move |()| set_pane.run(None));
    view! {
        <PageHeader
            name="Backup vaults"
            subtitle=Signal::derive(move || summary(vaults))
            icon=IconName::Vault
        />
        <ResourceMenu current=MenuPage::Vaults server=None />
        <CommandBar>
            <ActLink
                act=Act::Protect
                href=link(&routes::protect(None))
                icon=IconName::Shield
                label="Configure backup"
            />
            <Button act=Act::CreateVault appearance=ButtonAppearance::Subtle icon=IconName::Add on_click=on_create>
                "Create vault"
            </Button>
            <Button
                appearance=ButtonAppearance::Subtle
                icon=IconName::ArrowClockwise
                busy=reading.is_loading
                on_click=reading.again
            >
                "Refresh"
            </Button>
        </CommandBar>
        <PageMain>
            <ListBar
                search=filters.search
                set_search=filters.set_search
                search_input=filters.search_input
                choices=vec![region]
                on_open=Callback::new(move |()| set_pane.run(Some(FILTER.to_owned())))
            >
                <ListCount reading counted />
            </ListBar>
            <p class="visually-hidden" role="status">{text_of(move || said.get())}</p>
            <List vaults filters sort sort_by on_create />
        </PageMain>
        {view_if(is_creating, move || create::create_vault(made, on_close))}
        {view_if(is_filtering, move || {
            let choices = vec![region, order(Column::label, sort, unless_empty(set_sort))];
            filter_sheet(choices, counted, filters.clear, on_close)
        })}
    }
}

fn counted(vaults: Vaults) -> Memo<Option<String>> {
    Memo::new(move |_| {
        let is_read = vaults.reading.data.with(Option::is_some);
        is_read.then(|| count(vaults.shown.with(Vec::len), vaults.rows.with(Vec::len)))
    })
}

/// *4 backup vaults in 2 subscriptions*; of none the page says why.
fn summary(vaults: Vaults) -> String {
    vaults.rows.with(|rows| {
        if rows.is_empty() {
            return String::new();
        }
        let of_vaults = rows.iter().map(|row| row.vault.subscription_id.as_str());
        let subscriptions = vaults
            .coverage
            .with(|coverage| coverage.read_subscriptions(of_vaults));
        format!("{} in {subscriptions}", text::count(rows.len(), "backup vault"))
    })
}

/// What the list shows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Rows,
    NoMatch,
    NoVault,
    NoAccess,
}

/// The list, or what stands in its place.
#[component]
fn List(
    vaults: Vaults,
    filters: ListFilters,
    sort: Memo<Sort>,
    sort_by: Callback<Column>,
    on_create: Callback<()>,
) -> impl IntoView {
    let reading = vaults.reading;
    let listing = Listing {
        coverage: vaults.coverage,
        again: reading.again,
        what: "backup vaults",
        action: ACTION,
    };
    let is_denied = Memo::new(move |_| {
        let is_of_access = |error: &arm_client::ArmError| Problem::from(error).kind == ProblemKind::NoAccess;
        reading.data.with(Option::is_none)
            && reading
                .problem
                .with(|error| error.as_ref().is_some_and(is_of_access))
    });
    let shown = Memo::new(move |_| {
        let is_any = vaults.rows.with(|rows| !rows.is_empty());
        match (is_any, vaults.shown.with(Vec::is_empty)) {
            (true, false) => Shown::Rows,
            (true, true) => Shown::NoMatch,
            (false, _) if vaults.coverage.with(|coverage| coverage.is_nothing_readable()) => Shown::NoAccess,
            (false, _) => Shown::NoVault,
        }
    });
    // Only the first rows after the page came up are what somebody came back to.
    let left = StoredValue::new(way_back::left_row());
    Effect::new(move |_| {
        if reading.data.with(Option::is_some)
            && shown.get() == Shown::Rows
            && let Some(left) = left.try_update_value(Option::take).flatten()
            && let Some(position) = vaults.position_of(&left.key)
        {
            left.come_back(position, vaults.window);
        }
    });
    let rows = move || {
        view_of(move || match shown.get() {
            Shown::Rows => view! { <VaultTable vaults sort sort_by /> }.into_any(),
            Shown::NoMatch => view! { <NoMatch on_clear=filters.clear /> }.into_any(),
            Shown::NoVault => view! { <NoVault vaults on_create /> }.into_any(),
            Shown::NoAccess => view! { <NoAccess listing /> }.into_any(),
        })
    };
    let view = Callback::new(move |_: Signal<Listed>| {
        let absent = Signal::derive(move || vaults.coverage.with(|coverage| coverage.absent.clone()));
        let again = vaults.reading.again;
        view! { <AbsentDirectories absent again /> <Missing listing /> {rows()} }.into_any()
    });
    view_of(move || {
        if is_denied.get() {
            view! { <NoAccess listing /> }.into_any()
        } else {
            view! { <ReadingView reading what="list of backup vaults" view /> }.into_any()
        }
    })
}
