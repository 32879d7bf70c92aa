//! What a frame shows in which no app starts: a sentence, and the way to the portal in a tab of its own.

use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::Stop;
use crate::{
    app::{body, show},
    components::StartCard,
    location::link,
    prelude::*,
    ui::{
        button::{Button, ButtonAppearance},
        icon::IconName,
    },
};

/// Shows why there is no app, until the user wants it to be tried again.
pub async fn until_tried_again(stop: Stop) {
    let mut shown = None;
    let again = Promise::new(&mut |resolve, _| {
        let stop = stop.clone();
        let view = Box::new(move || {
            let resolve = StoredValue::new_local(resolve);
            let again = Callback::new(move |()| {
                // A promise's own resolve function does not throw.
                resolve.with_value(|resolve| resolve.call0(&JsValue::NULL)).ok();
            });
            view! { <Gate stop again /> }.into_any()
        });
        shown = Some(show(&body(), view));
    });
    // The promise is never rejected.
    JsFuture::from(again).await.ok();
}

#[component]
fn Gate(stop: Stop, again: Callback<()>) -> impl IntoView {
    let Words {
        sentence,
        details,
        can_try_again,
    } = words(&stop);
    view! {
        <StartCard icon=IconName::LockClosed title="The portal does not start here" sentence>
            {(!details.is_empty()).then(|| view! { <p class="start-details">{details}</p> })}
            <a class="button button-primary" href=link("/") target="_blank" rel="noopener">"Open in a new tab"</a>
            {can_try_again.then(|| {
                view! { <Button appearance=ButtonAppearance::Default on_click=again>"Try again"</Button> }
            })}
        </StartCard>
    }
}

struct Words {
    sentence: &'static str,
    /// For whoever builds the page around it.
    details: String,
    can_try_again: bool,
}

fn words(stop: &Stop) -> Words {
    let (sentence, details) = match stop {
        Stop::NotAllowed => (
            "It stands inside another page, and this installation is not set up for that.",
            String::new(),
        ),
        Stop::Silent => (
            "It stands inside another page, which gave it no answer or is not one that may hold it.",
            String::new(),
        ),
        Stop::Refused(why) => (
            "What the page around it says cannot be gone by. Give the details to whoever runs that page.",
            why.clone(),
        ),
        Stop::NoToken(error) => (
            "The page around it signs you in, and gave no token for Azure.",
            format!("{}: {}", error.code, error.message),
        ),
    };
    Words {
        sentence,
        details,
        can_try_again: *stop != Stop::NotAllowed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embed::HostError;

    #[test]
    fn each_end_has_its_sentence_and_what_the_page_said() {
        let no_token = Stop::NoToken(HostError {
            code: "interaction_required".to_owned(),
            message: "Sign in again.".to_owned(),
        });
        for (stop, part, details, can_try_again) in [
            (Stop::NotAllowed, "not set up for that", "", false),
            (Stop::Silent, "gave it no answer", "", true),
            (
                Stop::Refused("Another version.".to_owned()),
                "cannot be gone by",
                "Another version.",
                true,
            ),
            (
                no_token,
                "gave no token",
                "interaction_required: Sign in again.",
                true,
            ),
        ] {
            let words = words(&stop);
            assert!(words.sentence.contains(part), "{}", words.sentence);
            assert_eq!(
                (words.details.as_str(), words.can_try_again),
                (details, can_try_again)
            );
        }
    }
}
