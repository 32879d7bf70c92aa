//! The state of a backup instance's protection, as icon and words.

use arm_client::data_protection::ProtectionState;

use crate::{
    prelude::*,
    ui::status::{Status, StatusKind},
};

/// The state; unknown where Azure did not say.
#[component]
pub fn ProtectionStateView(state: Option<ProtectionState>) -> impl IntoView {
    let (kind, words) = (
        kind_of(state.as_ref()),
        protection_words(state.as_ref()).to_owned(),
    );
    view! { <Status kind>{words}</Status> }
}

/// How something in this state is doing.
pub fn kind_of(state: Option<&ProtectionState>) -> StatusKind {
    match state {
        Some(ProtectionState::Protected) => StatusKind::Ok,
        Some(ProtectionState::Configuring | ProtectionState::Updating | ProtectionState::SoftDeleting) => {
            StatusKind::Running
        }
        Some(ProtectionState::ConfiguringFailed | ProtectionState::Error | ProtectionState::Invalid) => {
            StatusKind::Error
        }
        Some(ProtectionState::Stopped | ProtectionState::Suspended | ProtectionState::RetentionSuspended) => {
            StatusKind::Stopped
        }
        Some(ProtectionState::NotProtected | ProtectionState::SoftDeleted) => StatusKind::Warning,
        Some(ProtectionState::Other(_)) | None => StatusKind::Neutral,
    }
}

/// Azure's words for a state; one that is not known here as Azure wrote it.
pub fn protection_words(state: Option<&ProtectionState>) -> &str {
    match state {
        Some(ProtectionState::Configuring) => "Configuring protection",
        Some(ProtectionState::ConfiguringFailed) => "Configuring protection failed",
        Some(ProtectionState::Protected) => "Protection configured",
        Some(ProtectionState::Updating) => "Updating protection",
        Some(ProtectionState::Stopped) => "Protection stopped",
        Some(ProtectionState::Suspended) => "Backup schedules suspended",
        Some(ProtectionState::RetentionSuspended) => "Retention schedules suspended",
        Some(ProtectionState::Error) => "Protection error",
        Some(ProtectionState::SoftDeleting) => "Soft deleting",
        Some(ProtectionState::SoftDeleted) => "Soft deleted",
        Some(ProtectionState::NotProtected) => "Not protected",
        Some(ProtectionState::Invalid) => "Invalid",
        Some(ProtectionState::Other(word)) => word,
        None => "Unknown",
    }
}
