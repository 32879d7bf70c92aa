//! What the page opens on a click: a part of its own, which comes when it is asked for.

use arm_client::FlexibleServer;

use super::{details::Details, list::List, start::StartBackup};
use crate::{
    components::{BELOW_A_PANE, LazyView, pane_not_offered},
    hooks::{Reading, rights},
    lazy::lazy,
    prelude::*,
    rights::Act,
    ui::pane::Pane,
};

lazy! {
    retention_panes: fn details_pane(list: List, key: String, on_close: Callback<()>) -> AnyView {
        view! { <Details list key on_close /> }.into_any()
    }
}

lazy! {
    retention_panes: fn start_pane(list: List, details: Reading<FlexibleServer>, on_close: Callback<()>) -> AnyView {
        if rights().offers(Act::LongTermBackup) {
            view! { <StartBackup list details on_close /> }.into_any()
        } else {
            pane_not_offered("Start long-term backup", on_close)
        }
    }
}

/// The *Start long-term backup* pane.
pub fn start(list: List, details: Reading<FlexibleServer>, on_close: Callback<()>) -> AnyView {
    let around = Box::new(move |content| in_pane("Start long-term backup", on_close, content));
    let load = Box::new(move || Box::pin(start_pane(list, details, on_close)) as _);
    view! { <LazyView load around rows=0 /> }.into_any()
}

/// All that is known of the row of this key.
pub fn details(list: List, key: String, on_close: Callback<()>) -> AnyView {
    let around =
        Box::new(move |content| in_pane("Details of a long-term retention backup", on_close, content));
    let load = Box::new(move || Box::pin(details_pane(list, key.clone(), on_close)) as _);
    view! { <LazyView load around rows=0 /> }.into_any()
}

/// The pane while what it holds could not be fetched.
fn in_pane(title: &'static str, on_close: Callback<()>, content: AnyView) -> AnyView {
    let content = StoredValue::new_local(Some(content));
    let content = move || content.try_update_value(Option::take).flatten();
    view! { <Pane title on_close inert=BELOW_A_PANE>{content}</Pane> }.into_any()
}
