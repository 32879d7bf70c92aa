//! The page when the app cannot start: one clear sentence.

use super::start_card::StartCard;
use crate::{
    prelude::*,
    ui::{
        button::{Button, ButtonAppearance},
        icon::IconName,
    },
};

/// Says why, and offers to try again.
#[component]
pub fn StartFailed(
    /// Why.
    #[prop(into)]
    sentence: String,
    /// Tries again; without it the page is loaded anew.
    #[prop(optional_no_strip)]
    again: Option<Callback<()>>,
) -> impl IntoView {
    let again = again.unwrap_or_else(|| Callback::new(|()| drop(window().location().reload())));
    view! {
        <StartCard icon=IconName::DismissCircle title="The portal cannot start" sentence>
            <Button appearance=ButtonAppearance::Primary on_click=again>"Try again"</Button>
        </StartCard>
    }
}
