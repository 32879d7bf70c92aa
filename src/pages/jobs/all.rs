//! The jobs of all vaults.

use crate::{
    components::{MenuPage, PageHeader, PageMain, ResourceMenu},
    prelude::*,
    ui::icon::IconName,
};

/// The jobs of all vaults.
#[component]
pub fn JobsPage() -> impl IntoView {
    view! {
        <PageHeader name="Jobs" subtitle=Signal::stored(String::new()) icon=IconName::Clock />
        <ResourceMenu current=MenuPage::Jobs server=None />
        <PageMain>
            <p>{"The jobs of all vaults."}</p>
        </PageMain>
    }
}
