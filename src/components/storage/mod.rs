//! Choosing a storage account and a container of it, wherever something is written to one; all of it in lazy parts only.

mod account_choice;
mod accounts;
mod container_choice;
mod new_container;
pub mod offer;

pub use account_choice::AccountChoice;
pub use accounts::{Accounts, read_accounts};
pub use container_choice::{ContainerChoice, Containers, use_containers};
