//! The wizard that puts flexible servers, or databases of single servers, under a backup vault.

mod wizard;

use crate::{
    components::{LazyView, MenuPage, PageHeader, PageMain, ResourceMenu, page_not_offered},
    hooks::rights,
    lazy::lazy,
    prelude::*,
    rights::Act,
    ui::icon::IconName,
};

lazy! {
    protect: fn wizard() -> AnyView {
        if rights().offers(Act::Protect) {
            view! { <wizard::Wizard /> }.into_any()
        } else {
            page_not_offered("Configure protection", IconName::Shield)
        }
    }
}

/// The wizard, which is fetched when it is opened.
#[component]
pub fn ProtectPage() -> impl IntoView {
    let around = Box::new(|content| {
        view! {
            <PageHeader
                name="Configure protection"
                subtitle=Signal::stored(String::new())
                icon=IconName::Shield
            />
            <ResourceMenu current=MenuPage::Vaults server=None />
            <PageMain>{content}</PageMain>
        }
        .into_any()
    });
    view! { <LazyView load=Box::new(|| Box::pin(wizard())) around /> }
}
