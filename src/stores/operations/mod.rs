//! Long-running operations of this user: started, followed, resumed, remembered.
//!
//! An entry is written to the journal *before* its request leaves, so that closing the tab at any
//! moment loses nothing; following is a task of the app, not of a page.

mod consequences;
#[cfg(test)]
mod delete_tests;
mod drive;
#[cfg(test)]
mod drive_rig;
#[cfg(test)]
mod drive_tests;
mod entry;
mod journal;
mod oneshot;
mod resume;
mod store;
mod words;

pub use drive::{Drive, Event};
pub use entry::{Act, Failure, Operation, OperationState};
pub use journal::{Journal, JournalStorage};
pub use store::{Operations, Start, use_operations};
