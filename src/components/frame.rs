//! The frame of every page: top bar, toasts, bell, live region; the page itself is its children.

use leptos::prelude::*;

use crate::{
    components::{
        bell::Bell,
        frame_state::{BellPanel, MenuState},
        toasts::Toasts,
        top_bar::TopBar,
    },
    ui::media::matches_media,
};

/// From here on the menu stands beside the page in its full width (the style sheet has the same number).
const WIDE: &str = "(min-width: 1280px)";

/// The frame; a page brings its header, menu, command bar and main part.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let menu = MenuState::provide(matches_media(WIDE));
    provide_context(BellPanel(RwSignal::new(false)));
    view! {
        <div class="frame" data-menu=move || menu.is_hidden().then_some("hidden")>
            <a class="skip-link" href="#main" on:click=skip_to_content>"Skip to content"</a>
            <TopBar />
            {children()}
        </div>
        <Bell />
        <Toasts />
    }
}

/// Moves the focus itself: with a base element, `#main` alone would lead to another page.
fn skip_to_content(event: leptos::ev::MouseEvent) {
    use wasm_bindgen::JsCast as _;
    event.prevent_default();
    let main = document().get_element_by_id("main");
    if let Some(main) = main
        .as_ref()
        .and_then(|main| main.dyn_ref::<web_sys::HtmlElement>())
    {
        main.focus().ok();
    }
}
