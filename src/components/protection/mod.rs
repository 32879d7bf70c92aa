//! What the wizard, a vault and an instance show of protection; all of it in lazy parts only.

mod date_field;
mod doctor;
mod policy_details;
pub mod policy_words;
mod preview;
mod problem;

pub use doctor::{AssignAt, Diagnosis, Doctor, Grant, Patient, PermissionDoctor, Treatment, use_doctor};
pub use policy_details::{PolicyDetails, PolicyPreview};
pub use problem::ProtectionProblem;
