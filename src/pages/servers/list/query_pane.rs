//! *Show query*: what lists these servers.

use super::list_query::ListQuery;
use crate::{
    code::{WantedServers, list_servers},
    components::{BELOW_A_PANE, CodeOf},
    prelude::*,
    services::use_services,
    ui::{button::Button, pane::Pane},
};

/// The query as code, filtered as the page is.
#[component]
pub fn QueryPane(query: ListQuery, on_close: Callback<()>) -> impl IntoView {
    let origin = StoredValue::new(use_services().config.arm.clone());
    let samples = Signal::derive(move || {
        query.filters.with(|filters| {
            let wanted = WantedServers {
                name: filters.search.trim(),
                subscription: &filters.subscription,
                location: &filters.location,
                state: &filters.state,
            };
            origin.with_value(|origin| list_servers(origin, wanted))
        })
    });
    view! {
        <Pane
            title="Show query"
            on_close
            inert=BELOW_A_PANE
            footer=move || {
                view! {
                    <Button on_click=on_close>"Close"</Button>
                    <span class="pane-hint"><kbd>"Esc"</kbd> " closes"</span>
                }
            }
        >
            <p>
                "This asks Azure Resource Graph for the servers of all subscriptions you may read, as searched and \
                 filtered on the page. Last backups are not in it: each is read from its server."
            </p>
            <CodeOf label="List these servers" samples />
        </Pane>
    }
}
