//! A server's state as icon and word.

use arm_client::ServerState;

use crate::{
    prelude::*,
    ui::status::{Status, StatusKind},
};

/// The state; unknown where Azure did not say.
#[component]
pub fn ServerStateView(state: Option<ServerState>) -> impl IntoView {
    let kind = match &state {
        Some(ServerState::Ready) => StatusKind::Ok,
        Some(ServerState::Stopped | ServerState::Disabled) => StatusKind::Stopped,
        Some(
            ServerState::Starting
            | ServerState::Stopping
            | ServerState::Updating
            | ServerState::Dropping
            | ServerState::Restarting
            | ServerState::Provisioning,
        ) => StatusKind::Running,
        Some(ServerState::Inaccessible) => StatusKind::Error,
        Some(ServerState::Other(_)) | None => StatusKind::Neutral,
    };
    let word = state.map_or_else(|| "Unknown".to_owned(), |state| state.to_string());
    view! { <Status kind>{word}</Status> }
}
