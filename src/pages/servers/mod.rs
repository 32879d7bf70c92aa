//! Flexible servers: all of them, and the pages of one.

mod backups;
mod list;

use arm_core::ResourceId;
use leptos::prelude::*;

use crate::{
    components::{LazyView, MenuPage, PageHeader, PageMain, ResourceMenu},
    lazy::lazy,
    ui::icon::IconName,
};

lazy! {
    servers: fn servers_page() -> AnyView {
        view! { <list::ServersPage /> }.into_any()
    }
}

lazy! {
    backups: fn backups_page(server: ResourceId) -> AnyView {
        view! { <backups::BackupsPage server /> }.into_any()
    }
}

/// All servers; what stands around the list is there at once.
#[component]
pub fn ServersPage() -> impl IntoView {
    let around = Box::new(|content| {
        view! {
            <PageHeader name="Servers" subtitle=Signal::stored(String::new()) icon=IconName::Database />
            <ResourceMenu current=MenuPage::Servers server=None />
            <PageMain>{content}</PageMain>
        }
        .into_any()
    });
    view! { <LazyView load=Box::new(|| Box::pin(servers_page())) around /> }
}

/// *Backup and restore* of one server, which is fetched when it is opened.
#[component]
pub fn BackupsPage(server: ResourceId) -> impl IntoView {
    let around = Box::new({
        let server = server.clone();
        move |content| page_of(&server, content)
    });
    view! { <LazyView load=Box::new(move || Box::pin(backups_page(server.clone()))) around /> }
}

/// The frame of the page while the page itself is not there.
fn page_of(server: &ResourceId, content: AnyView) -> AnyView {
    view! {
        <PageHeader
            name=server.name()
            page="Backup and restore"
            subtitle=Signal::stored(String::new())
            icon=IconName::Database
        />
        <ResourceMenu current=MenuPage::Backups server=Some(server.clone()) />
        <PageMain>{content}</PageMain>
    }
    .into_any()
}
