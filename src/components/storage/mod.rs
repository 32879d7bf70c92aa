//! Choosing a storage account and a container of it, wherever something is written to one, and what stands in the way of
//! that; all of it in lazy parts only.

mod account_change;
mod account_choice;
mod accounts;
mod allow_subscriptions;
mod change_account;
mod container_choice;
mod create_container;
mod new_container;
pub mod offer;
mod prefix_look;
mod target_findings;
mod target_questions;
mod target_reading;
mod target_state;

pub use account_choice::AccountChoice;
pub use accounts::{Accounts, read_accounts};
pub use container_choice::{ContainerChoice, Containers, use_containers};
pub use target_findings::{Choose, FilesTarget, TargetFindings};
pub use target_reading::Verdict;
