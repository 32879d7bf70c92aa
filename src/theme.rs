//! Light or dark: the system's choice, or the user's, which is remembered.

use leptos::prelude::*;
use wasm_bindgen::{JsCast as _, prelude::Closure};

use crate::config::Theme;

const KEY: &str = "pgbp.theme";

/// The theme, from context.
#[derive(Clone, Copy)]
pub struct ThemeChoice {
    chosen: RwSignal<Theme>,
    system_is_dark: RwSignal<bool>,
}

/// Reads the user's choice, puts it into context and onto the document.
pub fn provide_theme(configured: Theme) {
    let choice = ThemeChoice {
        chosen: RwSignal::new(remembered().unwrap_or(configured)),
        system_is_dark: RwSignal::new(false),
    };
    follow_system(choice.system_is_dark);
    provide_context(choice);
    Effect::new(move |_| {
        if let Some(root) = document().document_element() {
            let done = match choice.chosen.get() {
                Theme::System => root.remove_attribute("data-theme"),
                Theme::Light => root.set_attribute("data-theme", "light"),
                Theme::Dark => root.set_attribute("data-theme", "dark"),
            };
            done.ok();
        }
    });
}

/// The theme, from context.
pub fn use_theme() -> ThemeChoice {
    expect_context()
}

impl ThemeChoice {
    /// Whether what is seen is dark.
    pub fn is_dark(self) -> bool {
        match self.chosen.get() {
            Theme::Dark => true,
            Theme::Light => false,
            Theme::System => self.system_is_dark.get(),
        }
    }

    /// Changes to the other one and remembers it.
    pub fn toggle(self) {
        let theme = if self.is_dark() { Theme::Light } else { Theme::Dark };
        self.chosen.set(theme);
        let name = if theme == Theme::Dark { "dark" } else { "light" };
        if let Ok(Some(storage)) = window().local_storage() {
            storage.set_item(KEY, name).ok();
        }
    }
}

fn remembered() -> Option<Theme> {
    let name = window().local_storage().ok()??.get_item(KEY).ok()??;
    match name.as_str() {
        "dark" => Some(Theme::Dark),
        "light" => Some(Theme::Light),
        _ => None,
    }
}

/// Keeps the signal at what the system prefers, which may change at sunset.
fn follow_system(is_dark: RwSignal<bool>) {
    let Ok(Some(query)) = window().match_media("(prefers-color-scheme: dark)") else {
        return;
    };
    is_dark.set(query.matches());
    let on_change = Closure::<dyn Fn()>::new({
        let query = query.clone();
        move || {
            is_dark.try_set(query.matches());
        }
    });
    query.set_onchange(Some(on_change.as_ref().unchecked_ref()));
    // The theme lives as long as the page.
    on_change.forget();
}
