//! Light or dark: the system's choice, or the user's, which is remembered; in which language a local time is written.

use crate::{config::Theme, prelude::*, ui::media::matches_media};

const KEY: &str = "pgbp.theme";

/// The theme, from context.
#[derive(Clone, Copy)]
pub struct ThemeChoice {
    chosen: RwSignal<Theme>,
    locale: RwSignal<Option<String>>,
    system_is_dark: RwSignal<bool>,
}

/// Reads the user's choice, puts it into context and onto the document.
pub fn provide_theme(configured: Theme) {
    let choice = ThemeChoice {
        chosen: RwSignal::new(remembered().unwrap_or(configured)),
        locale: RwSignal::new(None),
        // It may change at sunset.
        system_is_dark: matches_media("(prefers-color-scheme: dark)"),
    };
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

    /// Changes to this one, which is not remembered.
    pub fn show(self, theme: Theme) {
        self.chosen.set(theme);
    }

    /// The tag of the language of local times; `None` is the browser's.
    pub fn locale(self) -> RwSignal<Option<String>> {
        self.locale
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
