//! What the parts of the frame know of each other.

use leptos::prelude::*;

/// What cannot be used while a pane is open.
pub const BELOW_A_PANE: &[&str] = &["page-header", "menu", "commands", "main"];

/// Whether the menu is open as a drawer, on a narrow screen.
#[derive(Clone, Copy)]
pub struct MenuDrawer(pub RwSignal<bool>);

/// Whether the bell's panel is open.
#[derive(Clone, Copy)]
pub struct BellPanel(pub RwSignal<bool>);
