//! *Show as code*: what a form, dialog or page does, to copy.

use crate::{
    hooks::{Copied, REFUSED, use_copying},
    prelude::*,
    ui::{
        changing::view_of,
        code_block::{CodeBlock, CodeSample},
        disclosure::Disclosure,
    },
};

/// Where the choice of language is remembered.
const KEY: &str = "pgbp.code-language";

/// The code of an act behind a `<details>`.
#[component]
pub fn ShowAsCode(
    /// What the code does, for screen readers.
    #[prop(into)]
    label: String,
    /// The samples, as they are now; without any a sentence takes their place.
    #[prop(into)]
    samples: Signal<Vec<CodeSample>>,
) -> impl IntoView {
    view! {
        <Disclosure summary="Show as code" note="az, REST, curl">
            <CodeOf label samples />
        </Disclosure>
    }
}

/// The code of an act: the language that was chosen last, and a button that copies.
#[component]
pub fn CodeOf(
    /// What the code does, for screen readers.
    #[prop(into)]
    label: String,
    /// The samples, as they are now; without any a sentence takes their place.
    #[prop(into)]
    samples: Signal<Vec<CodeSample>>,
) -> impl IntoView {
    let language = RwSignal::new(remembered().unwrap_or_default());
    let on_select = Callback::new(move |name: String| {
        // Best effort: a browser that refuses storage only forgets the choice.
        if let Ok(Some(storage)) = window().local_storage() {
            storage.set_item(KEY, &name).ok();
        }
        language.set(name);
    });
    let copying = use_copying();
    let copied = Signal::derive(move || copying.state.get() == Copied::Done);
    let is_refused = Memo::new(move |_| copying.state.get() == Copied::Refused);
    let has_code = Memo::new(move |_| samples.with(|samples| !samples.is_empty()));
    let code = view_of(move || {
        let label = label.clone();
        if has_code.get() {
            view! {
                <CodeBlock label samples selected=language on_select on_copy=copying.copy copied />
            }
            .into_any()
        } else {
            view! { <p class="caption">"The code follows once there is a name that Azure takes."</p> }
                .into_any()
        }
    });
    let refused = view_of(move || {
        if is_refused.get() {
            view! { <p class="caption">{REFUSED}</p> }.into_any()
        } else {
            ().into_any()
        }
    });
    view! {
        <div class="code-of">
            {code} {refused}
            // Beside the code, since a modal dialog makes the frame's live regions inert.
            <span class="visually-hidden" role="status">{copying.spoken()}</span>
        </div>
    }
}

fn remembered() -> Option<String> {
    window().local_storage().ok()??.get_item(KEY).ok()?
}
