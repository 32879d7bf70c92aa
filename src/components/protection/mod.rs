//! What the wizard, a vault and an instance show of protection; all of it in lazy parts only.

mod create_vault;
mod date_field;
mod doctor;
mod identity;
mod kept_field;
mod policy_details;
mod policy_draft;
mod policy_editor;
pub mod policy_words;
mod preview;
mod problem;
pub mod secret;
mod secret_field;
mod taken;
mod until;
mod vault_draft;
mod vault_place;

pub use create_vault::CreateVault;
pub use doctor::{
    AssignAt, Diagnosis, Doctor, Grant, Patient, PermissionDoctor, RestorePlace, Treatment, use_doctor,
};
pub use identity::{TurnIdentityOn, outcome_not_known};
pub use policy_details::{PolicyDetails, PolicyPreview};
pub use policy_draft::PolicyDraft;
pub use policy_editor::PolicyEditor;
pub use problem::ProtectionProblem;
pub use secret_field::SecretField;
pub use taken::{Period, Taken, TakenFields, use_points_taken};
pub use until::{SinceField, UntilField, moment};
