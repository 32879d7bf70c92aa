//! What components share that is neither a view nor a store.

mod back_online;
mod use_async_operation;
mod use_copying;
mod use_leaving;
mod use_now;
mod use_reading;
mod use_reading_of;
mod use_rested;
mod use_restore_validation;
mod use_rights;
pub(crate) mod use_validation;
mod use_vault_change;

pub use back_online::{again_when_online, ask_failed_readings_again};
pub use use_async_operation::{AsyncOperation, AsyncOperationState, use_async_operation};
pub use use_copying::{Copied, Copying, REFUSED, use_copying};
pub use use_leaving::{Leaving, use_leaving};
pub use use_now::{provide_now, use_now};
pub use use_reading::{Reading, use_reading};
pub use use_reading_of::use_reading_of;
pub use use_rested::use_rested;
pub use use_restore_validation::{RestoreValidating, use_restore_validation};
pub use use_rights::{Rights, rights, use_rights, use_rights_beside};
pub use use_validation::{Validating, Validation, use_validation};
pub use use_vault_change::{VaultChange, use_vault_change};
