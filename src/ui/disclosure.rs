//! Parts that are closed until asked for.

use crate::prelude::*;

use super::icon::{Icon, IconName};

/// A `<details>` in the product's look, such as *Show as code*.
#[component]
pub fn Disclosure(
    /// What it shows.
    #[prop(into)]
    summary: String,
    /// More about it, in small type.
    #[prop(optional, into)]
    note: Option<String>,
    /// What is shown.
    children: Children,
) -> impl IntoView {
    view! {
        <details class="disclosure">
            <summary>
                <Icon name=IconName::ChevronRight size=16 />
                {summary}
                {note.map(|note| view! { " "<span class="caption">{note}</span> })}
            </summary>
            <div>{children()}</div>
        </details>
    }
}
