//! *Show query*: what lists these servers.

use leptos::prelude::*;

use super::list_query::ListQuery;
use crate::{
    code::{WantedServers, list_servers},
    components::{BELOW_A_PANE, CodeOf, LazyView},
    lazy::lazy,
    services::use_services,
    ui::{button::Button, pane::Pane},
};

lazy! {
    server_panes: fn query_pane(query: ListQuery, on_close: Callback<()>) -> AnyView {
        view! { <QueryPane query on_close /> }.into_any()
    }
}

/// The pane, which comes when it is asked for.
pub fn show_query(query: ListQuery, on_close: Callback<()>) -> AnyView {
    let load = Box::new(move || Box::pin(query_pane(query, on_close)) as _);
    // While it could not be fetched.
    let around = Box::new(move |content: AnyView| {
        let content = StoredValue::new_local(Some(content));
        let content = move || content.try_update_value(Option::take).flatten();
        view! { <Pane title="Show query" on_close inert=BELOW_A_PANE>{content}</Pane> }.into_any()
    });
    view! { <LazyView load around rows=0 /> }.into_any()
}

/// The query as code, filtered as the page is.
#[component]
fn QueryPane(query: ListQuery, on_close: Callback<()>) -> impl IntoView {
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
