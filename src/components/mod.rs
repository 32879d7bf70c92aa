//! Pieces of pages that know our nouns: server, backup, notification, sign-in.

mod bell;
mod command_bar;
mod frame;
mod frame_state;
mod lazy_view;
mod moment;
mod page_header;
mod page_main;
mod reading_view;
mod refusal;
mod resource_menu;
mod server_state;
mod signed_out;
mod start_card;
mod start_failed;
mod toasts;
mod top_bar;

pub use command_bar::CommandBar;
pub use frame::Frame;
pub use frame_state::{BELOW_A_PANE, MenuState};
pub use lazy_view::LazyView;
pub use moment::Moment;
pub use page_header::{Crumb, PageHeader};
pub use page_main::PageMain;
pub use reading_view::{ReadAt, ReadingView};
pub use refusal::Refusal;
pub use resource_menu::{MenuPage, ResourceMenu};
pub use server_state::ServerStateView;
pub use signed_out::SignedOut;
pub use start_failed::StartFailed;
pub use top_bar::MenuToggle;
