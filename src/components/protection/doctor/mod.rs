//! The permission doctor: which role the identity of a vault lacks at which scope, and how it gets it (reference C1).

mod diagnosis;
mod use_doctor;
mod view;

pub(super) use diagnosis::place;
pub use diagnosis::{AssignAt, Diagnosis, Grant, Patient, RestorePlace};
pub use use_doctor::{Doctor, Treatment, use_doctor};
pub use view::PermissionDoctor;
