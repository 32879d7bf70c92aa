//! What stands in the place of a list that has nothing to show.

use crate::prelude::*;

use super::icon::{Icon, IconName};

/// Why there is nothing to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EmptyReason {
    /// There is nothing yet, or nothing that matches.
    #[default]
    Nothing,
    /// The reader may not see it.
    NoAccess,
    /// It could not be read.
    Failed,
}

/// An icon, a title, at most three lines and up to two buttons, centred.
#[component]
pub fn EmptyState(
    /// Why there is nothing to show; sets the colour of the icon.
    #[prop(optional)]
    reason: EmptyReason,
    /// The icon.
    icon: IconName,
    /// What is the matter.
    #[prop(into)]
    title: String,
    /// Up to two buttons.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
    /// A last line in small type, such as the account.
    #[prop(optional, into)]
    note: Option<ViewFnOnce>,
    /// What can be done.
    children: Children,
) -> impl IntoView {
    let class = match reason {
        EmptyReason::Nothing => "empty-state empty-state-accent",
        EmptyReason::NoAccess => "empty-state",
        EmptyReason::Failed => "empty-state empty-state-error",
    };
    view! {
        <div class=class>
            <span class="empty-state-disc"><Icon name=icon size=28 /></span>
            <h2>{title}</h2>
            <p class="empty-state-text">{children()}</p>
            {actions.map(|actions| view! { <div class="empty-state-actions">{actions.run()}</div> })}
            {note.map(|note| view! { <div class="empty-state-note">{note.run()}</div> })}
        </div>
    }
}
