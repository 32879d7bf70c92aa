//! The main part of a page, and what is said above it on every page.

use crate::{
    prelude::*,
    session::use_session,
    ui::{
        button::Button,
        changing::view_if,
        message_bar::{MessageBar, MessageIntent},
    },
};

/// The main part; says first when the sign-in has ended, and leaves the page as it is.
#[component]
pub fn PageMain(children: Children) -> impl IntoView {
    let session = use_session();
    let has_ended = session.has_ended();
    let sign_in = Callback::new(move |()| session.sign_in_again());
    let ended = view_if(has_ended, move || {
        view! {
            <MessageBar
                intent=MessageIntent::Warning
                title="Your sign-in has ended."
                actions=move || view! { <Button small=true on_click=sign_in>"Sign in again"</Button> }
            >
                "What you see was read before."
            </MessageBar>
        }
        .into_any()
    });
    view! {
        <main class="page-main" id="main" tabindex="0">
            <div class="page-content stack">
                {ended}
                {children()}
            </div>
        </main>
    }
}
