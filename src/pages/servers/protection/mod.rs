//! *Protection* of one server: whether a backup vault protects it, and where.

use arm_core::ResourceId;
use leptos::prelude::*;

use crate::components::{MenuPage, PageHeader, PageMain, ResourceMenu};
use crate::ui::icon::IconName;

/// The page of one server.
#[component]
pub fn ProtectionPage(server: ResourceId) -> impl IntoView {
    view! {
        <PageHeader name=server.name().to_owned() page="Protection" subtitle=Signal::stored(String::new()) icon=IconName::Database />
        <ResourceMenu current=MenuPage::Protection server=Some(server) />
        <PageMain>""</PageMain>
    }
}
