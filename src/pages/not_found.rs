//! An address that the app does not have.

use crate::{
    components::{MenuPage, PageHeader, PageMain, ResourceMenu},
    location::link,
    prelude::*,
    routes,
    ui::{empty_state::EmptyState, icon::IconName},
};

/// Says so, and leads back.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! {
        <PageHeader name="Page not found" subtitle=Signal::stored(String::new()) icon=IconName::Search />
        <ResourceMenu current=MenuPage::Servers server=None />
        <PageMain>
            <EmptyState
                icon=IconName::Search
                title="There is no page at this address"
                actions=|| view! { <a class="button button-primary" href=link(&routes::servers())>"Show all servers"</a> }
            >
                "The link may be cut off, or from another version."
            </EmptyState>
        </PageMain>
    }
}
