//! Links to where an act is done.

use crate::{
    hooks::rights,
    prelude::*,
    rights::Act,
    ui::{
        button::{Button, ButtonAppearance},
        changing::view_of,
        icon::{Icon, IconName},
    },
};

/// A link that looks like a button; where the act cannot be used it is a button that says why, and where it is not
/// offered nothing.
#[component]
pub fn ActLink(
    /// What is done there.
    act: Act,
    /// Where.
    href: String,
    /// How much it asks for attention.
    #[prop(default = ButtonAppearance::Subtle)]
    appearance: ButtonAppearance,
    /// The icon before the text.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The text.
    label: &'static str,
    /// Why it cannot be used, other than for want of rights.
    #[prop(optional, into)]
    disabled_reason: MaybeProp<String>,
) -> impl IntoView {
    let reason = rights().reason_or(act, disabled_reason);
    let is_usable = Memo::new(move |_| reason.with(Option::is_none));
    view_of(move || {
        if is_usable.get() {
            let icon = icon.map(|name| view! { <Icon name /> });
            return view! { <a class=appearance.class() href=href.clone()>{icon} {label}</a> }.into_any();
        }
        let on_click = Callback::new(|()| ());
        match icon {
            Some(icon) => {
                view! { <Button act appearance icon disabled_reason=reason on_click>{label}</Button> }
                    .into_any()
            }
            None => {
                view! { <Button act appearance disabled_reason=reason on_click>{label}</Button> }.into_any()
            }
        }
    })
}
