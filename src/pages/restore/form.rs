//! The form of a restore.

use arm_core::ResourceId;

use crate::{
    components::{MenuPage, PageHeader, PageMain, ResourceMenu},
    prelude::*,
    ui::icon::IconName,
};

/// The form of a restore.
#[component]
pub fn RestorePage(instance: ResourceId) -> impl IntoView {
    view! {
        <PageHeader name="Restore" subtitle=Signal::stored(String::new()) icon=IconName::Vault />
        <ResourceMenu current=MenuPage::Vaults server=None />
        <PageMain>
            <p>{instance.name().to_owned()}</p>
        </PageMain>
    }
}
