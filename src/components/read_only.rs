//! That nothing can be changed here, said once above the page.

use leptos::mount::mount_to;
use wasm_bindgen::JsCast as _;

use crate::{
    prelude::*,
    rights::By,
    services::use_services,
    ui::icon::{Icon, IconName},
};

/// A quiet bar in the frame's `#notice` where the portal is read-only.
pub fn say_read_only() {
    let words = match use_services().config.limits.read_only() {
        Some(By::Config) => "Read-only: this portal is configured to change nothing in Azure.",
        Some(By::Host) => "Read-only: the page around this portal lets it change nothing in Azure.",
        None => return,
    };
    let Some(notice) = document().get_element_by_id("notice") else {
        return;
    };
    // The notice goes with the frame, and the view with it.
    mount_to(notice.unchecked_into(), move || {
        view! { <div class="rights-bar"><Icon name=IconName::LockClosed size=16 /><p>{words}</p></div> }
    })
    .forget();
}
