//! InstancePage.

use arm_core::ResourceId;
use leptos::prelude::*;

/// The page.
#[component]
pub fn InstancePage(instance: ResourceId) -> impl IntoView {
    drop(instance);
}
