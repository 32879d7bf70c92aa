//! *Restore* of a backup instance: a recovery point, where it goes, what stands in the way, and the act.

mod about;
mod acting;
mod begin;
mod checks;
mod draft;
mod footer;
mod form;
mod known;
mod page;
mod point;
mod point_pane;
mod prefix;
mod request;
mod stage;
mod state;
mod target_database;
mod target_files;

use arm_core::ResourceId;

use crate::{
    components::{LazyView, MenuPage, PageHeader, PageMain, ResourceMenu, page_not_offered},
    hooks::rights,
    lazy::lazy,
    prelude::*,
    rights::Act,
    ui::icon::IconName,
};

/// The id of the list of storage accounts, to which a check leads.
const ACCOUNT_FIELD: &str = "restore-account";

lazy! {
    restore: fn page_of(instance: ResourceId) -> AnyView {
        if rights().offers(Act::Restore) {
            view! { <page::RestorePage instance /> }.into_any()
        } else {
            page_not_offered("Restore", IconName::Document)
        }
    }
}

/// The form, fetched when it is opened.
#[component]
pub fn RestorePage(instance: ResourceId) -> impl IntoView {
    let around = Box::new(move |content| {
        view! {
            <PageHeader name="Restore" subtitle=Signal::stored(String::new()) icon=IconName::Document />
            <ResourceMenu current=MenuPage::Vaults server=None />
            <PageMain>{content}</PageMain>
        }
        .into_any()
    });
    view! { <LazyView load=Box::new(move || Box::pin(page_of(instance.clone()))) around /> }
}
