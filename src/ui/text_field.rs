//! One-line text fields with label, judgement and hint.

use crate::prelude::*;

use super::icon::{Icon, IconName};
use super::unique_id::unique_id;

/// A labelled field for one line of text.
///
/// An error takes the place of the hint, and of the success. Who checks decides when: errors only after the first
/// change, a success only where it tells something.
#[component]
pub fn TextField(
    /// The label above it.
    #[prop(into)]
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// Marks the label with `*` and the field as required.
    #[prop(optional)]
    required: bool,
    /// What is allowed, in one line below.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with the value.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// What is good about the value.
    #[prop(optional, into)]
    success: MaybeProp<String>,
    /// Shows how many of so many characters are used; it does not stop longer input.
    #[prop(optional, into)]
    max_length: Option<usize>,
    /// What is typed is hidden, as a password is.
    #[prop(optional)]
    secret: bool,
    /// To move the focus to it.
    #[prop(optional)]
    node_ref: NodeRef<leptos::html::Input>,
) -> impl IntoView {
    let id = unique_id("field");
    let (hint_id, message_id) = (format!("{id}-hint"), format!("{id}-message"));
    let described_by = {
        let (hint_id, message_id) = (hint_id.clone(), message_id.clone());
        move || {
            let is_wrong = error.with(Option::is_some);
            let message = is_wrong || success.with(Option::is_some);
            let ids = [
                message.then_some(message_id.as_str()),
                (!is_wrong && hint.with(Option::is_some)).then_some(hint_id.as_str()),
            ];
            let ids: Vec<_> = ids.into_iter().flatten().collect();
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    view! {
        <div class="field" class:field-invalid=move || error.with(Option::is_some)>
            <label class="field-label" for=id.clone()>
                {label}
                {required.then(|| view! { <span class="field-required" aria-hidden="true">" *"</span> })}
            </label>
            <div class="field-box">
                <input
                    class="field-input"
                    id=id
                    type=if secret { "password" } else { "text" }
                    autocomplete="off"
                    spellcheck="false"
                    aria-required=required.then_some("true")
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=described_by
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                    node_ref=node_ref
                />
            </div>
            <div class="field-below">
                <div class="field-messages">
                    <Judgement id=message_id error=error success=success />
                    {move || {
                        let hint_id = hint_id.clone();
                        let hint = hint.get().filter(|_| error.with(Option::is_none));
                        hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })
                    }}
                </div>
                {max_length.map(|limit| view! { <Counter value=value limit=limit /> })}
            </div>
        </div>
    }
}

/// The error, or else the success.
#[component]
fn Judgement(id: String, error: MaybeProp<String>, success: MaybeProp<String>) -> impl IntoView {
    move || {
        let (class, icon, text) = match (error.get(), success.get()) {
            (Some(error), _) => ("field-error", IconName::DismissCircle, error),
            (None, Some(success)) => ("field-success", IconName::Checkmark, success),
            (None, None) => return None,
        };
        Some(view! { <p class=class id=id.clone()><Icon name=icon size=16 />{text}</p> })
    }
}

/// Characters used of those allowed.
#[component]
fn Counter(value: RwSignal<String>, limit: usize) -> impl IntoView {
    view! {
        <span class="field-counter">
            <span aria-hidden="true">{move || format!("{} / {limit}", value.with(|text| text.chars().count()))}</span>
            <span class="visually-hidden">
                {move || format!("{} of {limit} characters", value.with(|text| text.chars().count()))}
            </span>
        </span>
    }
}
