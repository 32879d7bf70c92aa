//! What the page opens or makes on a click: a part of its own, which comes when it is asked for.

use std::rc::Rc;

use arm_core::Clock;

use super::export_list::export;
use crate::{
    code::list_jobs,
    components::{BELOW_A_PANE, CodeOf, LazyView},
    export::Format,
    lazy::lazy,
    pages::{jobs::row::Row, vaults::filter_sheet::in_pane},
    prelude::*,
    services::use_services,
    ui::{button::Button, pane::Pane},
};

lazy! {
    /// Gives the user the rows as a file, and what is said of it.
    export: pub fn exported(rows: Vec<Row>, format: Format, clock: Rc<dyn Clock>) -> String {
        export(&rows, format, clock)
    }
}

lazy! {
    job_panes: fn query_pane(on_close: Callback<()>) -> AnyView {
        let samples = Signal::stored(list_jobs(&use_services().config.arm));
        view! {
            <Pane
                title="Show query"
                on_close
                inert=BELOW_A_PANE
                footer=move || view! {
                    <Button on_click=on_close>"Close"</Button>
                    <span class="pane-hint"><kbd>"Esc"</kbd> " closes"</span>
                }
            >
                <p>
                    "This asks Azure Resource Graph for the jobs of all subscriptions you may read. It can be some minutes behind: jobs that run are read from their vaults."
                </p>
                <CodeOf label="List the jobs of all vaults" samples />
            </Pane>
        }
        .into_any()
    }
}

/// The query that gives the list.
pub fn show_query(on_close: Callback<()>) -> AnyView {
    let around = Box::new(move |content| in_pane("Show query", on_close, content));
    let load = Box::new(move || Box::pin(query_pane(on_close)) as _);
    view! { <LazyView load around rows=0 /> }.into_any()
}
