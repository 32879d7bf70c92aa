//! VaultPage.

use arm_core::ResourceId;
use leptos::prelude::*;

/// The page.
#[component]
pub fn VaultPage(vault: ResourceId) -> impl IntoView {
    drop(vault);
}
