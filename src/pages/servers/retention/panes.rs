//! What the page opens on a click: a part of its own, which comes when it is asked for.

use leptos::prelude::*;

use super::{details::Details, list::List};
use crate::{
    components::{BELOW_A_PANE, LazyView},
    lazy::lazy,
    ui::pane::Pane,
};

lazy! {
    retention_panes: fn details_pane(list: List, key: String, on_close: Callback<()>) -> AnyView {
        view! { <Details list key on_close /> }.into_any()
    }
}

/// All that is known of the row of this key.
pub fn details(list: List, key: String, on_close: Callback<()>) -> AnyView {
    let around = Box::new(move |content: AnyView| {
        let content = StoredValue::new_local(Some(content));
        let content = move || content.try_update_value(Option::take).flatten();
        view! { <Pane title="Details of a long-term retention backup" on_close inert=BELOW_A_PANE>{content}</Pane> }
            .into_any()
    });
    let load = Box::new(move || Box::pin(details_pane(list, key.clone(), on_close)) as _);
    view! { <LazyView load around rows=0 /> }.into_any()
}
