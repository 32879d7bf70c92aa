//! Toasts: presentation only. Which are shown, and how long, is decided by whoever owns them.

use crate::prelude::*;

use super::icon::{Icon, IconName};
use super::icon_button::IconButton;
use super::names::with_names;

/// What a toast reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ToastIntent {
    /// Something has been set going.
    Initiated,
    /// It has ended well.
    Completed,
    /// It has ended with a reservation.
    Warning,
    /// It has failed.
    Failed,
}

impl ToastIntent {
    const fn class(self) -> &'static str {
        match self {
            Self::Initiated => "toast toast-initiated",
            Self::Completed => "toast toast-completed",
            Self::Warning => "toast toast-warning",
            Self::Failed => "toast toast-failed",
        }
    }

    /// The icon whose shape says the same as the colour.
    #[must_use]
    pub const fn icon(self) -> IconName {
        match self {
            Self::Initiated => IconName::Info,
            Self::Completed => IconName::CheckmarkCircle,
            Self::Warning => IconName::Warning,
            Self::Failed => IconName::DismissCircle,
        }
    }
}

/// Where toasts stand, newest first. A region of its own; it never takes the focus by itself.
#[component]
pub fn ToastRegion(
    /// Called with `true` while the pointer or the focus is on the toasts, so that none of them ages.
    #[prop(into)]
    on_hold: Callback<bool>,
    /// The toasts.
    children: Children,
) -> impl IntoView {
    // Either of the two holds them, whichever leaves first.
    let (pointer, focus) = (StoredValue::new(false), StoredValue::new(false));
    let hold = move |by: StoredValue<bool>, is_there: bool| {
        by.set_value(is_there);
        on_hold.run(pointer.get_value() || focus.get_value());
    };
    view! {
        <section
            class="toast-region"
            aria-label="Notifications"
            tabindex="-1"
            on:mouseenter=move |_| hold(pointer, true)
            on:mouseleave=move |_| hold(pointer, false)
            on:focusin=move |_| hold(focus, true)
            on:focusout=move |_| hold(focus, false)
        >
            {children()}
        </section>
    }
}

/// One notification.
#[component]
pub fn Toast(
    /// What it reports.
    intent: ToastIntent,
    /// What happened.
    #[prop(into)]
    title: String,
    /// One sentence about it.
    #[prop(into)]
    body: String,
    /// When, as text or as a `<time>`.
    #[prop(into)]
    time: ViewFnOnce,
    /// Links.
    #[prop(optional, into)]
    actions: Option<ViewFnOnce>,
    /// Called by the cross.
    #[prop(into)]
    on_dismiss: Callback<()>,
) -> impl IntoView {
    view! {
        <article class=intent.class()>
            <Icon name=intent.icon() />
            <strong class="toast-title">{with_names(&title)}</strong>
            <IconButton icon=IconName::Dismiss label="Dismiss notification" small=true on_click=on_dismiss />
            <p class="toast-body">{with_names(&body)}</p>
            <div class="toast-footer">
                {actions.map(ViewFnOnce::run)} <span class="toast-time">{time.run()}</span>
            </div>
        </article>
    }
}
