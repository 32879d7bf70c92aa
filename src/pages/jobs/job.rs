//! One job.

use arm_core::ResourceId;

use crate::{
    components::{MenuPage, PageHeader, PageMain, ResourceMenu},
    prelude::*,
    ui::icon::IconName,
};

/// One job.
#[component]
pub fn JobPage(job: ResourceId) -> impl IntoView {
    view! {
        <PageHeader name=job.name().to_owned() subtitle=Signal::stored(String::new()) icon=IconName::Clock />
        <ResourceMenu current=MenuPage::Jobs server=None />
        <PageMain>
            <p>{job.name().to_owned()}</p>
        </PageMain>
    }
}
