//! Jobs of backup vaults: all of them, and one.

mod all;
mod job;
mod list_sort;
mod row;
mod state;
mod table;

use arm_core::ResourceId;

use crate::{
    components::{LazyView, MenuPage, PageHeader, PageMain, ResourceMenu},
    lazy::lazy,
    prelude::*,
    ui::icon::IconName,
};

// What the tab of a vault shows of its jobs is the same list.
pub use list_sort::{Filters, Sort as JobSort, count, shown};
pub use row::{Row, ends};
pub use state::{STATES, State};
pub use table::{List as Jobs, Of, table_or};

lazy! {
    jobs: fn jobs_page() -> AnyView {
        view! { <all::JobsPage /> }.into_any()
    }
}

lazy! {
    job: fn job_page(job: ResourceId) -> AnyView {
        view! { <job::JobPage job /> }.into_any()
    }
}

/// The jobs of all vaults, fetched when they are opened.
#[component]
pub fn JobsPage() -> impl IntoView {
    let around = Box::new(move |content| {
        view! {
            <PageHeader name="Jobs" subtitle=Signal::stored(String::new()) icon=IconName::TaskListLtr />
            <ResourceMenu current=MenuPage::Jobs server=None />
            <PageMain>{content}</PageMain>
        }
        .into_any()
    });
    view! { <LazyView load=Box::new(|| Box::pin(jobs_page())) around /> }
}

/// One job, fetched when it is opened.
#[component]
pub fn JobPage(job: ResourceId) -> impl IntoView {
    let name = job.name().to_owned();
    let around = Box::new(move |content| {
        view! {
            <PageHeader
                name=name.clone()
                page="Job"
                subtitle=Signal::stored(String::new())
                icon=IconName::TaskListLtr
            />
            <ResourceMenu current=MenuPage::Jobs server=None />
            <PageMain>{content}</PageMain>
        }
        .into_any()
    });
    view! { <LazyView load=Box::new(move || Box::pin(job_page(job.clone()))) around /> }
}
