//! The sheet of filters and order of the lists of vaults: a part of its own.

use crate::{
    components::{BELOW_A_PANE, Choice, FilterSheet, LazyView},
    lazy::lazy,
    prelude::*,
    ui::pane::Pane,
};

lazy! {
    vault_panes: fn sheet(choices: Vec<Choice>, counted: Memo<Option<String>>, on_clear: Callback<()>, on_close: Callback<()>) -> AnyView {
        let shown = Signal::derive(move || counted.get().unwrap_or_else(|| "the list".to_owned()));
        view! { <FilterSheet choices shown on_clear on_close /> }.into_any()
    }
}

/// The sheet, fetched when it is opened.
pub fn filter_sheet(
    choices: Vec<Choice>,
    counted: Memo<Option<String>>,
    on_clear: Callback<()>,
    on_close: Callback<()>,
) -> AnyView {
    let around = Box::new(move |content| in_pane("Filter and sort", on_close, content));
    let load = Box::new(move || Box::pin(sheet(choices.clone(), counted, on_clear, on_close)) as _);
    view! { <LazyView load around rows=0 /> }.into_any()
}

/// A pane while what it holds could not be fetched.
pub fn in_pane(title: &'static str, on_close: Callback<()>, content: AnyView) -> AnyView {
    let content = StoredValue::new_local(Some(content));
    let content = move || content.try_update_value(Option::take).flatten();
    view! { <Pane title on_close inert=BELOW_A_PANE>{content}</Pane> }.into_any()
}
