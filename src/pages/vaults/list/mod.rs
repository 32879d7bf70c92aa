//! VaultsPage.

use leptos::prelude::*;

/// The page.
#[component]
pub fn VaultsPage() -> impl IntoView {}
