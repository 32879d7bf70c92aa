//! What the page holds.

use super::words::{Words, words};
use crate::{
    components::start_card::StartCard,
    prelude::*,
    session::use_session,
    ui::{
        button::{Button, ButtonAppearance},
        changing::view_of,
        icon::IconName,
    },
};

/// *Sign in*, with the reason why nobody is.
#[component]
pub fn SignedOutPage() -> impl IntoView {
    let session = use_session();
    let sign_in = Callback::new(move |()| session.sign_in(None));
    // While the page is about to leave for Entra there is nothing to say.
    view_of(move || {
        let Some(reason) = session.signed_out_reason() else {
            return ().into_any();
        };
        let Words {
            title,
            sentence,
            details,
        } = words(&reason);
        view! {
            <StartCard icon=IconName::LockClosed title sentence>
                <Button appearance=ButtonAppearance::Primary on_click=sign_in>"Sign in"</Button>
                {(!details.is_empty()).then(|| view! { <Details lines=details /> })}
            </StartCard>
        }
        .into_any()
    })
}

/// What support asks for.
#[component]
fn Details(lines: Vec<String>) -> impl IntoView {
    view! {
        <details class="start-details">
            <summary>"Details"</summary>
            {lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view()}
        </details>
    }
}
