//! What a link to an act shows that is not offered here.

use crate::{
    components::{BELOW_A_PANE, MenuPage, PageHeader, PageMain, ResourceMenu},
    location::link,
    prelude::*,
    routes,
    ui::{button::Button, empty_state::EmptyState, icon::IconName, pane::Pane},
};

const WHY: &str =
    "Whoever runs this portal has turned it off here. In Azure it can be done by whoever has the rights.";

/// In the place of a pane, or of a question.
pub fn pane_not_offered(title: &'static str, on_close: Callback<()>) -> AnyView {
    view! {
        <Pane
            title
            on_close
            inert=BELOW_A_PANE
            footer=move || view! { <Button on_click=on_close>"Close"</Button> }
        >
            <p><strong>"This is not offered here."</strong></p>
            <p>{WHY}</p>
        </Pane>
    }
    .into_any()
}

/// In the place of a page.
pub fn page_not_offered(name: &'static str, icon: IconName) -> AnyView {
    let servers = link(&routes::servers());
    view! {
        <PageHeader name subtitle=Signal::stored(String::new()) icon />
        <ResourceMenu current=MenuPage::Vaults server=None />
        <PageMain>
            <EmptyState
                icon=IconName::LockClosed
                title="This is not offered here"
                actions=move || view! { <a class="button button-default" href=servers>"Show servers"</a> }
            >
                {WHY}
            </EmptyState>
        </PageMain>
    }
    .into_any()
}
