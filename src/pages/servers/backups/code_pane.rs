//! *Show as code* of the page: what lists these backups.

use arm_core::ResourceId;

use super::list_query::ListQuery;
use crate::{
    code,
    components::{BELOW_A_PANE, CodeOf},
    prelude::*,
    services::use_services,
    ui::{button::Button, changing::text_of, pane::Pane},
};

/// The list as code, filtered as the page is.
#[component]
pub fn CodePane(server: StoredValue<ResourceId>, query: ListQuery, on_close: Callback<()>) -> impl IntoView {
    let origin = StoredValue::new(use_services().config.arm.clone());
    let samples = Signal::derive(move || {
        let backup_type = azure_type(query.kind.get());
        origin.with_value(|origin| code::list_backups(origin, &server.get_value(), backup_type))
    });
    let what = move || {
        text_of(move || {
            let kind = match azure_type(query.kind.get()) {
                Some(_) if query.kind.get() == "on-demand" => "the on-demand backups",
                Some(_) => "the automatic backups",
                None => "all backups",
            };
            format!(
                "This lists {kind} of the server, as chosen in Backup types. What you search for and what is chosen in \
                 Completed are left out: names and times are compared in this browser only."
            )
        })
    };
    view! {
        <Pane
            title="Show as code"
            on_close
            inert=BELOW_A_PANE
            footer=move || {
                view! {
                    <Button on_click=on_close>"Close"</Button>
                    <span class="pane-hint"><kbd>"Esc"</kbd> " closes"</span>
                }
            }
        >
            <p>{what()}</p>
            <CodeOf label="List these backups" samples />
        </Pane>
    }
}

/// Azure's word for a kind of the *Backup types* filter.
fn azure_type(kind: &str) -> Option<&'static str> {
    match kind {
        "on-demand" => Some("Customer On-Demand"),
        "automatic" => Some("Full"),
        _ => None,
    }
}
