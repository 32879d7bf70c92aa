//! Flexible servers: all of them, and the pages of one.

mod backups;
pub mod list;
mod protection;
mod retention;

use arm_client::FlexibleServer;
use arm_core::ResourceId;

use crate::{
    components::{LazyView, MenuPage, PageHeader, PageMain, ResourceMenu},
    hooks::Reading,
    lazy::lazy,
    prelude::*,
    region,
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

lazy! {
    retention: fn retention_page(server: ResourceId) -> AnyView {
        view! { <retention::RetentionPage server /> }.into_any()
    }
}

lazy! {
    protection: fn protection_page(server: ResourceId) -> AnyView {
        view! { <protection::ProtectionPage server /> }.into_any()
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
    let around = page_of(&server, MenuPage::Backups, "Backup and restore");
    view! { <LazyView load=Box::new(move || Box::pin(backups_page(server.clone()))) around /> }
}

/// *Long-term retention* of one server, which is fetched when it is opened.
#[component]
pub fn LongTermRetentionPage(server: ResourceId) -> impl IntoView {
    let around = page_of(&server, MenuPage::LongTermRetention, "Long-term retention");
    view! { <LazyView load=Box::new(move || Box::pin(retention_page(server.clone()))) around /> }
}

/// *Protection* of one server, which is fetched when it is opened.
#[component]
pub fn ProtectionPage(server: ResourceId) -> impl IntoView {
    let around = page_of(&server, MenuPage::Protection, "Protection");
    view! { <LazyView load=Box::new(move || Box::pin(protection_page(server.clone()))) around /> }
}

/// The frame of a server's page while the page itself is not there.
fn page_of(
    server: &ResourceId,
    current: MenuPage,
    page: &'static str,
) -> Box<dyn Fn(AnyView) -> AnyView + Send> {
    let server = server.clone();
    Box::new(move |content| {
        view! {
            <PageHeader
                name=server.name()
                page
                subtitle=Signal::stored(String::new())
                icon=IconName::Database
            />
            <ResourceMenu current server=Some(server.clone()) />
            <PageMain>{content}</PageMain>
        }
        .into_any()
    })
}

/// The line below a server's name: what it is, its resource group and, once it is known, its region.
fn subtitle(server: StoredValue<ResourceId>, details: Reading<FlexibleServer>) -> Signal<String> {
    Signal::derive(move || {
        let group = server.with_value(|server| server.resource_group().unwrap_or_default().to_owned());
        let location = details
            .data
            .with(|details| details.as_ref().and_then(|details| details.location.clone()))
            .map(|location| region::display_name(&location).to_owned());
        let parts = ["Azure Database for PostgreSQL flexible server".to_owned(), group];
        parts.into_iter().chain(location).collect::<Vec<_>>().join(" · ")
    })
}
