//! A card of three to five facts.

use crate::prelude::*;

use super::changing::view_of;
use super::unique_id::unique_id;

/// The card; its cells are [`Fact`]s or [`FactLink`]s.
#[component]
pub fn FactsStrip(
    /// What the facts are about, for screen readers.
    #[prop(into)]
    label: String,
    /// Classes beside `facts`, such as `from-640`.
    #[prop(default = "")]
    class: &'static str,
    /// The cells.
    children: Children,
) -> impl IntoView {
    view! { <dl class=format!("facts {class}") aria-label=label>{children()}</dl> }
}

/// One fact: key above value.
#[component]
pub fn Fact(
    /// The key.
    #[prop(into)]
    key: String,
    /// What narrows the value, in small type behind it.
    #[prop(optional, into)]
    note: MaybeProp<String>,
    /// Where the value is unknown: why.
    #[prop(optional, into)]
    tooltip: MaybeProp<String>,
    /// The value.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="fact">
            <dt>{key}</dt>
            <dd title=move || tooltip.get()>
                {children()}
                {view_of(move || match note.get() {
                    Some(note) => view! { " "<span class="fact-note">{note}</span> }.into_any(),
                    None => ().into_any(),
                })}
            </dd>
        </div>
    }
}

/// One number of a fleet: the whole cell is a link, usually one that sets a filter.
#[component]
pub fn FactLink(
    /// The key.
    #[prop(into)]
    key: String,
    /// Where the link leads.
    #[prop(into)]
    href: Signal<String>,
    /// The number, with its icon before it.
    children: Children,
) -> impl IntoView {
    let id = unique_id("fact");
    let (key_id, value_id) = (format!("{id}-key"), format!("{id}-value"));
    let name = format!("{key_id} {value_id}");
    view! {
        <div class="fact fact-link">
            <dt id=key_id>{key}</dt>
            <dd class="fact-number">
                <span class="fact-value" id=value_id>
                    {children()}
                </span>
                <a class="fact-anchor" href=move || href.get() aria-labelledby=name></a>
            </dd>
        </div>
    }
}
