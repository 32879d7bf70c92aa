//! Column heads that sort.

use crate::prelude::*;

use super::changing::view_if;
use super::icon::{Icon, IconName};

/// The direction in which a column is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SortDirection {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

impl SortDirection {
    /// The other direction.
    #[must_use]
    pub const fn reversed(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }

    const fn aria(self) -> &'static str {
        match self {
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }
}

/// A column's head with a button that sorts by it; the arrow shows on the sorted column only.
#[component]
pub fn SortHeader(
    /// The column's name.
    #[prop(into)]
    label: String,
    /// How the table is sorted by this column; `None` when it is sorted by another.
    #[prop(into)]
    direction: Signal<Option<SortDirection>>,
    /// Called when the reader asks to sort by this column, or the other way round.
    #[prop(into)]
    on_sort: Callback<()>,
    /// Classes of the cell, such as `cell-optional`.
    #[prop(default = "")]
    class: &'static str,
) -> impl IntoView {
    let is_sorted = Signal::derive(move || direction.with(Option::is_some));
    view! {
        <th scope="col" class=class aria-sort=move || direction.get().map(SortDirection::aria)>
            <button
                type="button"
                class="sort-button"
                class:sort-ascending=move || direction.get() == Some(SortDirection::Ascending)
                on:click=move |_| on_sort.run(())
            >
                {label}
                {view_if(is_sorted, || view! { <Icon name=IconName::ArrowSortDown size=12 /> }.into_any())}
            </button>
        </th>
    }
}
