//! The pages before the app: a card in the middle, with what happened and the way on.

use crate::{
    prelude::*,
    ui::icon::{Icon, IconName},
};

/// Product, title, a sentence, the way on.
#[component]
pub fn StartCard(
    /// What the page is about.
    icon: IconName,
    /// What happened.
    #[prop(into)]
    title: String,
    /// What to do.
    #[prop(into)]
    sentence: String,
    /// The way on.
    children: Children,
) -> impl IntoView {
    document().set_title(&format!("{title} · PG Backup Portal"));
    view! {
        <main class="start-page" id="main">
            <div class="start-card">
                <p class="start-product">"PG Backup Portal"</p>
                <span class="page-icon"><Icon name=icon size=24 /></span>
                <h1>{title}</h1>
                <p role="status">{sentence}</p>
                {children()}
            </div>
        </main>
    }
}
