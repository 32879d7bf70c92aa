//! Message bars, also used for findings.

use crate::prelude::*;

use super::icon::{Icon, IconName};
use super::icon_button::IconButton;

/// What kind of news a message bar brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MessageIntent {
    /// Something to know.
    #[default]
    Neutral,
    /// Something to know about the product itself, such as the demo's banner.
    Tint,
    /// Something is as it should be.
    Ok,
    /// Something may go wrong.
    Warning,
    /// Something has gone wrong.
    Error,
}

impl MessageIntent {
    const fn class(self) -> &'static str {
        match self {
            Self::Neutral => "message",
            Self::Tint => "message message-tint",
            Self::Ok => "message message-ok",
            Self::Warning => "message message-warning",
            Self::Error => "message message-error",
        }
    }

    /// The icon whose shape says the same as the colour.
    #[must_use]
    pub const fn icon(self) -> IconName {
        match self {
            Self::Neutral | Self::Tint => IconName::Info,
            Self::Ok => IconName::CheckmarkCircle,
            Self::Warning => IconName::Warning,
            Self::Error => IconName::DismissCircle,
        }
    }
}

/// A bar with an icon, a bold first sentence (what), text (what to do) and acts below.
///
/// It is not a live region: what must be said aloud is said once, by [`super::live_region`].
#[component]
pub fn MessageBar(
    /// What kind of news.
    #[prop(optional)]
    intent: MessageIntent,
    /// The first sentence: what happened.
    #[prop(optional, into)]
    title: Option<String>,
    /// The title stands on a line of its own.
    #[prop(optional)]
    stacked: bool,
    /// What an estimate is based on, in small type.
    #[prop(optional, into)]
    evidence: Option<String>,
    /// Small buttons below.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
    /// Shows a cross that calls this.
    #[prop(optional, into)]
    on_dismiss: Option<Callback<()>>,
    /// What to do.
    children: Children,
) -> impl IntoView {
    let title_class = if stacked {
        "message-title message-title-alone"
    } else {
        "message-title"
    };
    view! {
        <div class=intent.class()>
            <Icon name=intent.icon() />
            <div class="message-text">
                {title.map(|title| view! { <strong class=title_class>{title}</strong>" " })}
                {children()}
                {evidence.map(|evidence| view! { <p class="message-evidence">"Evidence: "{evidence}</p> })}
            </div>
            {on_dismiss.map(|on_dismiss| {
                view! { <IconButton icon=IconName::Dismiss label="Dismiss" small=true on_click=on_dismiss /> }
            })}
            {actions.map(|actions| view! { <div class="message-actions">{actions.run()}</div> })}
        </div>
    }
}
