//! The frame of every page: top bar, toasts, bell; the page itself is its children.

use std::time::Duration;

use crate::{
    components::{
        bell::Bell,
        directories::Directories,
        frame_extras::frame_extras,
        frame_state::{MenuState, Panels},
        toasts::Toasts,
        top_bar::TopBar,
    },
    prelude::*,
    services::use_services,
    ui::media::matches_media,
};

/// From here on the menu stands beside the page in its full width (the style sheet has the same number).
const WIDE: &str = "(min-width: 1280px)";

/// When what the frame adds later is fetched, and how long after that failed it is fetched again.
const SOON: Duration = Duration::from_secs(1);
const BETWEEN_LOADS: Duration = Duration::from_secs(10);

/// The frame; a page brings its header, menu, command bar and main part.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let menu = MenuState::provide(matches_media(WIDE));
    provide_context(Panels {
        bell: RwSignal::new(false),
        help: RwSignal::new(false),
        directories: RwSignal::new(false),
    });
    fetch_extras();
    view! {
        <div class="frame" data-menu=move || menu.is_hidden().then_some("hidden")>
            <a class="skip-link" href="#main" on:click=skip_to_content>"Skip to content"</a>
            <TopBar />
            <section class="notice" id="notice" aria-label="Notices"></section>
            {children()}
        </div>
        <Bell />
        <Directories />
        <Toasts />
    }
}

/// Fetches what the frame can do without at first, once the page stands; without a network it is tried again.
fn fetch_extras() {
    let clock = use_services().page_clock.clone();
    let owner = Owner::current();
    spawn_local(async move {
        clock.sleep(SOON).await;
        while frame_extras(owner.clone()).await.is_err() {
            clock.sleep(BETWEEN_LOADS).await;
        }
    });
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
