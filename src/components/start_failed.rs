//! The page when the app cannot start: one clear sentence.

use leptos::prelude::*;

/// Says why, and offers to try again.
#[component]
pub fn StartFailed(#[prop(into)] sentence: String) -> impl IntoView {
    let reload = move |_| drop(window().location().reload());
    view! {
        <main class="page-main start-page" id="main">
            <h1>"The portal cannot start"</h1>
            <p role="alert">{sentence}</p>
            <button class="button button-primary" type="button" on:click=reload>"Try again"</button>
        </main>
    }
}
