//! What the tab opens on a click: a part of its own, which comes when it is asked for.

use super::details::Details;
use crate::{
    components::LazyView,
    lazy::lazy,
    pages::vaults::{filter_sheet::in_pane, vault::Vault},
    prelude::*,
};

lazy! {
    vault_panes: fn job_pane(vault: Vault, name: String, on_close: Callback<()>) -> AnyView {
        view! { <Details vault name on_close /> }.into_any()
    }
}

/// All that is known of the job of this name.
pub fn details(vault: Vault, name: String, on_close: Callback<()>) -> AnyView {
    let around = Box::new(move |content| in_pane("Details of a job", on_close, content));
    let load = Box::new(move || Box::pin(job_pane(vault, name.clone(), on_close)) as _);
    view! { <LazyView load around rows=0 /> }.into_any()
}
