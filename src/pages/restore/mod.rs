//! *Restore* of a backup instance.

mod form;

use arm_core::ResourceId;

use crate::{
    components::{LazyView, MenuPage, PageHeader, PageMain, ResourceMenu},
    lazy::lazy,
    prelude::*,
    ui::icon::IconName,
};

lazy! {
    restore: fn form(instance: ResourceId) -> AnyView {
        view! { <form::RestorePage instance /> }.into_any()
    }
}

/// The form, fetched when it is opened.
#[component]
pub fn RestorePage(instance: ResourceId) -> impl IntoView {
    let around = Box::new(move |content| {
        view! {
            <PageHeader name="Restore" subtitle=Signal::stored(String::new()) icon=IconName::Vault />
            <ResourceMenu current=MenuPage::Vaults server=None />
            <PageMain>{content}</PageMain>
        }
        .into_any()
    });
    view! { <LazyView load=Box::new(move || Box::pin(form(instance.clone()))) around /> }
}
