//! The page when the app cannot start: one clear sentence.

use leptos::prelude::*;

use super::start_card::StartCard;
use crate::ui::{
    button::{Button, ButtonAppearance},
    icon::IconName,
};

/// Says why, and offers to try again.
#[component]
pub fn StartFailed(#[prop(into)] sentence: String) -> impl IntoView {
    let reload = Callback::new(|()| drop(window().location().reload()));
    view! {
        <StartCard icon=IconName::DismissCircle title="The portal cannot start" sentence>
            <Button appearance=ButtonAppearance::Primary on_click=reload>"Try again"</Button>
        </StartCard>
    }
}
