//! States of things, as icon and text.

use crate::prelude::*;

use super::icon::{Icon, IconName};
use super::progress::Spinner;

/// How a thing is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusKind {
    /// As it should be.
    Ok,
    /// Needs a look.
    Warning,
    /// Has failed.
    Error,
    /// Neither good nor bad, or not known.
    Neutral,
    /// Does not run.
    Stopped,
    /// Something is going on.
    Running,
}

impl StatusKind {
    /// The class of a [`Status`] of this kind.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Ok => "status status-ok",
            Self::Warning => "status status-warning",
            Self::Error => "status status-error",
            Self::Neutral => "status status-neutral",
            Self::Stopped => "status status-stopped",
            Self::Running => "status status-running",
        }
    }
}

/// The icon of a state: its shape says as much as its colour.
#[component]
pub fn StatusIcon(
    /// How the thing is doing.
    kind: StatusKind,
    /// Edge in pixels.
    #[prop(default = 16)]
    size: u32,
) -> impl IntoView {
    let icon = |name, class| view! { <Icon name=name size=size class=class /> }.into_any();
    match kind {
        StatusKind::Ok => icon(IconName::CheckmarkCircle, "icon-ok"),
        StatusKind::Warning => icon(IconName::Warning, "icon-warning"),
        StatusKind::Error => icon(IconName::DismissCircle, "icon-error"),
        StatusKind::Neutral => icon(IconName::Info, "icon-neutral"),
        StatusKind::Stopped => icon(IconName::Stop, "icon-neutral"),
        StatusKind::Running => view! { <Spinner size=size /> }.into_any(),
    }
}

/// The state of a thing: icon and text.
#[component]
pub fn Status(
    /// How the thing is doing.
    kind: StatusKind,
    /// The state in words.
    children: Children,
) -> impl IntoView {
    view! {
        <span class=kind.class()>
            <StatusIcon kind=kind />
            <span>{children()}</span>
        </span>
    }
}
