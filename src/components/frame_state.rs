//! What the parts of the frame know of each other.

use crate::prelude::*;

/// What cannot be used while a pane is open, since the pane lies over some of it.
pub const BELOW_A_PANE: &[&str] = &["notice", "page-header", "menu", "commands", "main", "footer"];

/// What a drawer covers.
pub const BELOW_THE_MENU: &[&str] = &["page-header", "commands", "main", "footer"];

/// What the top bar's button did to the menu: it takes it away on a wide screen and opens it as a drawer on others.
#[derive(Clone, Copy)]
pub struct MenuState {
    is_wide: Signal<bool>,
    is_taken_away: RwSignal<bool>,
    is_drawn_out: RwSignal<bool>,
}

impl MenuState {
    /// Puts the menu into context as it is before anybody touches it: beside the page if that is wide.
    pub fn provide(is_wide: impl Into<Signal<bool>>) -> Self {
        let menu = Self {
            is_wide: is_wide.into(),
            is_taken_away: RwSignal::new(false),
            is_drawn_out: RwSignal::new(false),
        };
        provide_context(menu);
        menu
    }

    /// Takes it away or brings it back.
    pub fn toggle(self) {
        let toggled = if self.is_wide.get_untracked() {
            self.is_taken_away
        } else {
            self.is_drawn_out
        };
        toggled.set(!toggled.get_untracked());
    }

    /// Takes it away for a page that does without, until the owner goes; the top bar's button brings it back.
    pub fn take_away_until_cleanup(self) {
        let before = self.is_taken_away.get_untracked();
        self.is_taken_away.set(true);
        on_cleanup(move || {
            self.is_taken_away.try_set(before);
        });
    }

    /// Closes the drawer; a menu beside the page stays.
    pub fn close_drawer(self) {
        self.is_drawn_out.set(false);
    }

    /// Whether it shows its names.
    pub fn is_open(self) -> bool {
        if self.is_wide.get() {
            !self.is_taken_away.get()
        } else {
            self.is_drawn_out.get()
        }
    }

    /// Whether it lies above the page.
    pub fn is_drawer(self) -> bool {
        !self.is_wide.get() && self.is_drawn_out.get()
    }

    /// Whether it was taken away.
    pub fn is_hidden(self) -> bool {
        self.is_wide.get() && self.is_taken_away.get()
    }
}

/// What the top bar opens.
#[derive(Clone, Copy)]
pub struct Panels {
    /// Whether the bell's panel is open.
    pub bell: RwSignal<bool>,
    /// Whether the help sheet is.
    pub help: RwSignal<bool>,
    /// Whether the pane of directories is.
    pub directories: RwSignal<bool>,
}
