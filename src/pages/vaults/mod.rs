//! Backup vaults: all of them, one of them, and what it protects.

pub(in crate::pages) mod filter_sheet;
pub(in crate::pages) mod instance;
mod list;
pub(in crate::pages) mod list_bar;
pub(in crate::pages) mod unread;
mod vault;
mod words;

pub(crate) use list::or_none;
pub(in crate::pages) use list::subscriptions;
pub(in crate::pages) use list_bar::known_first;
pub(in crate::pages) use vault::source_name;

use arm_core::ResourceId;

use crate::{
    components::{LazyView, MenuPage, PageHeader, PageMain, ResourceMenu},
    lazy::lazy,
    prelude::*,
    ui::icon::IconName,
};

lazy! {
    vaults: fn vaults_page() -> AnyView {
        view! { <list::VaultsPage /> }.into_any()
    }
}

lazy! {
    vault: fn vault_page(vault: ResourceId) -> AnyView {
        view! { <vault::VaultPage vault /> }.into_any()
    }
}

lazy! {
    instance: fn instance_page(instance: ResourceId) -> AnyView {
        view! { <instance::InstancePage instance /> }.into_any()
    }
}

/// All backup vaults, fetched when they are opened.
#[component]
pub fn VaultsPage() -> impl IntoView {
    let around = page_of("Backup vaults".to_owned(), IconName::Vault);
    view! { <LazyView load=Box::new(|| Box::pin(vaults_page())) around /> }
}

/// One backup vault, fetched when it is opened.
#[component]
pub fn VaultPage(vault: ResourceId) -> impl IntoView {
    let around = page_of(vault.name().to_owned(), IconName::Vault);
    view! { <LazyView load=Box::new(move || Box::pin(vault_page(vault.clone()))) around /> }
}

/// One backup instance, fetched when it is opened.
#[component]
pub fn InstancePage(instance: ResourceId) -> impl IntoView {
    let around = page_of(instance.name().to_owned(), IconName::Shield);
    view! { <LazyView load=Box::new(move || Box::pin(instance_page(instance.clone()))) around /> }
}

/// The frame of a page while the page itself is not there.
fn page_of(name: String, icon: IconName) -> Box<dyn Fn(AnyView) -> AnyView + Send> {
    Box::new(move |content| {
        view! {
            <PageHeader name=name.clone() subtitle=Signal::stored(String::new()) icon />
            <ResourceMenu current=MenuPage::Vaults server=None />
            <PageMain>{content}</PageMain>
        }
        .into_any()
    })
}
