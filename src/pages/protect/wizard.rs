//! The steps of the wizard.

use leptos::prelude::*;

/// The wizard.
#[component]
pub fn Wizard() -> impl IntoView {}
