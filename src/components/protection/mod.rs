//! What the wizard, a vault and an instance show of protection; all of it in lazy parts only.

mod date_field;
mod policy_details;
pub mod policy_words;
mod preview;

pub use policy_details::{PolicyDetails, PolicyPreview};
