//! Generic interface components in Fluent 2's look: they know neither Azure nor the router.
//!
//! Each component has a file here and, where it needs one, a stylesheet of the same name in `style/`.

pub mod badge;
pub mod button;
pub mod changing;
pub mod code_block;
pub mod code_highlight;
pub mod confirm_dialog;
pub mod disclosure;
pub mod empty_state;
pub mod facts_strip;
pub mod filter_pill;
pub mod focus;
pub mod icon;
pub mod icon_button;
pub mod icon_paths;
pub mod live_region;
pub mod media;
pub mod menu_button;
pub mod message_bar;
pub mod names;
mod number;
pub mod pane;
pub mod pick_list;
pub mod progress;
pub mod search_box;
pub mod select;
pub mod skeleton;
pub mod sort_header;
pub mod sort_order;
pub mod status;
pub mod stepper;
pub mod text_field;
pub mod toast;
pub mod toolbar;
pub mod tooltip;
pub mod unique_id;
pub mod watch;
pub mod window;
mod window_range;
mod window_rows;
