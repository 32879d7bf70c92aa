//! Every component of `ui` in each of its states, to be looked at and to be tested; in development builds alone.

mod controls;
mod lists;
mod overlays;
mod protection;
mod texts;

use crate::{
    components::{MenuPage, PageHeader, PageMain, ResourceMenu},
    prelude::*,
    ui::icon::IconName,
};

/// The page.
#[component]
pub fn GalleryPage() -> impl IntoView {
    let open = protection::OpenPanes::new();
    view! {
        <PageHeader
            name="Component gallery"
            subtitle=Signal::stored("Each component in each state".to_owned())
            icon=IconName::Grid
        />
        <ResourceMenu current=MenuPage::Servers server=None />
        <PageMain>
            <div class="stack">
                <Gallery />
                <protection::Protection open />
            </div>
        </PageMain>
        {protection::panes(open)}
    }
}

/// What the page shows, without the frame around it.
#[component]
pub fn Gallery() -> impl IntoView {
    view! {
        <div class="stack">
            <controls::Controls />
            <texts::Texts />
            <lists::Lists />
            <overlays::Overlays />
        </div>
    }
}

/// A text that is longer than its place.
const LONG: &str =
    "pg-telemetry-eu-central-cluster-01-long-name-that-goes-on-and-on-until-nobody-reads-it-any-more";

/// One component: its name, and its states side by side.
#[component]
fn Exhibit(name: &'static str, children: Children) -> impl IntoView {
    view! {
        <section class="stack" aria-label=name>
            <h2>{name}</h2>
            <div class="row">{children()}</div>
        </section>
    }
}
