//! Badges.

use crate::prelude::*;

/// A small round label for the kind of a thing, never for its state.
#[component]
pub fn Badge(
    /// Tinted, for the kind that matters more.
    #[prop(optional)]
    brand: bool,
    /// The kind.
    children: Children,
) -> impl IntoView {
    view! { <span class="badge" class:badge-brand=brand>{children()}</span> }
}
