//! Buttons with text.

use crate::{hooks::rights, prelude::*, rights::Act};

use super::changing::view_of;
use super::icon::{Icon, IconName};
use super::progress::Spinner;
use super::tooltip::Tooltip;
use super::unique_id::unique_id;

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ButtonAppearance {
    /// The one main act of a region.
    Primary,
    /// Any other act.
    #[default]
    Default,
    /// Acts in command bars and rows.
    Subtle,
    /// The act of a dialog that destroys something.
    Danger,
}

impl ButtonAppearance {
    /// The classes of a button of this kind.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Default => "button button-default",
            Self::Subtle => "button button-subtle",
            Self::Danger => "button button-danger",
        }
    }
}

/// A button with text.
///
/// A button that cannot be used stays in the order of Tab and says why, in a tooltip and to screen readers.
#[component]
pub fn Button(
    /// How much it asks for attention.
    #[prop(optional)]
    appearance: ButtonAppearance,
    /// The icon before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// What it begins: it is not there where that is not offered, and says why where it may not be done.
    #[prop(optional, into)]
    act: Option<Act>,
    /// 24 instead of 32 pixels high, for message bars and rows.
    #[prop(optional)]
    small: bool,
    /// Why it cannot be used; usable when absent.
    #[prop(optional, into)]
    disabled_reason: MaybeProp<String>,
    /// Shows the reason beside the button too, not only in its tooltip.
    #[prop(optional)]
    reason_beside: bool,
    /// The act is under way: a spinner takes the icon's place and clicks are ignored.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Called once per click, never while busy or disabled.
    #[prop(into)]
    on_click: Callback<()>,
    /// To move the focus to it.
    #[prop(optional)]
    node_ref: NodeRef<leptos::html::Button>,
    /// The text.
    children: Children,
) -> impl IntoView {
    let mut disabled_reason = disabled_reason;
    if let Some(act) = act {
        let rights = rights();
        if !rights.offers(act) {
            return ().into_any();
        }
        disabled_reason = rights.reason_or(act, disabled_reason).into();
    }
    let reason_id = StoredValue::new(unique_id("reason"));
    let disabled = Memo::new(move |_| disabled_reason.with(Option::is_some));
    let icon_size = if small { 16 } else { 20 };
    let leading = view_of(move || match (busy.get(), icon) {
        (true, _) => view! { <span class="button-icon"><Spinner size=16 /></span> }.into_any(),
        (false, Some(name)) => view! { <Icon name=name size=icon_size /> }.into_any(),
        (false, None) => ().into_any(),
    });
    let button = view! {
        <button
            type="button"
            class=appearance.class()
            class:button-small=small
            aria-disabled=move || (disabled.get() || busy.get()).then_some("true")
            aria-busy=move || busy.get().then_some("true")
            aria-describedby=move || disabled.get().then(|| reason_id.get_value())
            on:click=move |_| {
                if !disabled.get_untracked() && !busy.get_untracked() {
                    on_click.run(());
                }
            }
            node_ref=node_ref
        >
            {leading}
            {children()}
        </button>
    };
    if !reason_beside {
        return view! { <Tooltip id=reason_id.get_value() text=disabled_reason>{button}</Tooltip> }
            .into_any();
    }
    let reason = view_of(move || match disabled_reason.get() {
        Some(reason) => {
            view! { <span class="button-reason" id=reason_id.get_value()>{reason}</span> }.into_any()
        }
        None => ().into_any(),
    });
    view! { <span class="button-with-reason">{button}{reason}</span> }.into_any()
}
