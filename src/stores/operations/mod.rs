//! Long-running operations of this user: started, followed, resumed, remembered.
//!
//! An entry is written to the journal *before* its request leaves, so that closing the tab at any
//! moment loses nothing; following is a task of the app, not of a page.

mod cause;
mod consequences;
#[cfg(test)]
mod delete_tests;
mod drive;
#[cfg(test)]
mod drive_rig;
#[cfg(test)]
mod drive_tests;
mod entry;
mod event;
mod journal;
mod look;
mod oneshot;
mod pace;
mod post_mortem;
#[cfg(test)]
mod post_mortem_tests;
mod resume;
mod store;
mod turns;
mod words;

pub use cause::{Cause, CauseKind};
pub use drive::{Drive, Emit, ReadJournal};
pub use entry::{Act, Failure, Operation, OperationState};
pub use event::Event;
pub use journal::{Journal, JournalStorage};
pub use pace::Pace;
pub use store::{Operations, Refusal, Start, use_operations};
