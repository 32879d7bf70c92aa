//! The shape of what is being read.

use crate::prelude::*;

/// Rows of grey bars in the place of a list. It appears after 300 ms, so that a quick answer does not flicker.
///
/// Screen readers are told by the live region that something is being read.
#[component]
pub fn Skeleton(
    /// How many rows.
    #[prop(default = 8)]
    rows: usize,
) -> impl IntoView {
    const LENGTHS: [&str; 3] = ["skeleton-bar-1", "skeleton-bar-2", "skeleton-bar-3"];
    let row = |index: usize| {
        let length = LENGTHS[index % LENGTHS.len()];
        view! {
            <div class="skeleton-row">
                <span class=format!("skeleton-bar {length}")></span>
                <span class="skeleton-bar skeleton-pill"></span>
                <span class="skeleton-bar skeleton-bar-1"></span>
                <span class="skeleton-bar"></span>
            </div>
        }
    };
    view! { <div class="skeleton" aria-hidden="true">{(0..rows).map(row).collect_view()}</div> }
}

/// The bar of a single cell that comes later than its row.
#[component]
pub fn SkeletonCell(
    /// What is being read, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    view! {
        <span class="skeleton-bar skeleton-cell" aria-hidden="true"></span>
        <span class="visually-hidden">{label}</span>
    }
}
