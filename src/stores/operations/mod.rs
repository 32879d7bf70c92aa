//! Long-running operations of this user: started, followed, resumed, remembered.
//!
//! An entry is written to the journal *before* its request leaves, so that closing the tab at any
//! moment loses nothing; following is a task of the app, not of a page.

#[cfg(all(test, not(target_arch = "wasm32")))]
mod any_story;
mod cause;
mod consequences;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod delete_tests;
mod drive;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod drive_rig;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod drive_tests;
mod entry;
mod event;
mod job;
mod journal;
mod key_store;
mod leadership;
mod ledger;
mod long_term;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod long_term_tests;
mod look;
mod merge;
mod nudge;
mod oneshot;
mod pace;
mod post_mortem;
#[cfg(all(test, not(target_arch = "wasm32")))]
mod post_mortem_tests;
mod protection;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod protection_tests;
mod restore;
#[cfg(all(test, not(target_arch = "wasm32")))]
pub(crate) mod restore_tests;
mod resume;
mod store;
mod tabs;
mod turns;
mod web_lock;
mod words;

pub use cause::{Cause, CauseKind};
pub use drive::{Asked, Drive, Emit, ReadJournal, is_passing};
pub use entry::{Act, Failure, Operation, OperationState};
pub use event::Event;
pub use job::{percent, percent_told};
pub use journal::{Journal, JournalStorage};
pub use key_store::KeyStore;
pub use pace::Pace;
pub use protection::{ProtectionKind, ProtectionRequest};
pub use restore::RestoredTo;
pub use store::{Operations, Refusal, Start, use_operations};
