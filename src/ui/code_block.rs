//! Code to be copied, in several languages.

use crate::prelude::*;
use leptos::ev::KeyboardEvent;
use leptos::html;

use super::code_highlight::{CodePiece, pieces};
use super::focus::{focus, rendered};
use super::icon::{Icon, IconName};
use super::unique_id::unique_id;

/// The same act in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeSample {
    /// The language's name, such as `Azure CLI`.
    pub language: String,
    /// The code, with placeholders where a secret belongs.
    pub code: String,
}

/// Code in tabs of languages, with a button that copies what is shown.
#[component]
pub fn CodeBlock(
    /// What the code does, for screen readers.
    #[prop(into)]
    label: String,
    /// The languages; never empty.
    #[prop(into)]
    samples: Signal<Vec<CodeSample>>,
    /// The name of the language shown; the first one when there is none of that name.
    #[prop(into)]
    selected: Signal<String>,
    /// Called with the name of a language.
    #[prop(into)]
    on_select: Callback<String>,
    /// Called with the code shown: the clipboard belongs to the caller.
    #[prop(into)]
    on_copy: Callback<String>,
    /// The code has just been copied.
    #[prop(optional, into)]
    copied: Signal<bool>,
) -> impl IntoView {
    let id = StoredValue::new(unique_id("code"));
    let tabs = NodeRef::<html::Div>::new();
    let shown = Memo::new(move |_| {
        samples.with(|samples| {
            let selected = selected.get();
            samples
                .iter()
                .find(|sample| sample.language == selected)
                .or(samples.first())
                .cloned()
        })
    });
    let is_shown = move |language: &str| {
        shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.language == language))
    };
    let tab_id = move |language: &str| {
        format!(
            "{}-{}",
            id.get_value(),
            language.to_ascii_lowercase().replace(' ', "-")
        )
    };
    let tab = move |sample: CodeSample| {
        let language = StoredValue::new(sample.language);
        let is_selected = move || language.with_value(|language| is_shown(language));
        view! {
            <button
                type="button"
                class="code-tab"
                role="tab"
                id=language.with_value(|language| tab_id(language))
                aria-selected=move || is_selected().to_string()
                aria-controls=id.get_value()
                tabindex=move || if is_selected() { "0" } else { "-1" }
                on:click=move |_| on_select.run(language.get_value())
            >
                {language.get_value()}
            </button>
        }
    };
    let on_keydown = move |event: KeyboardEvent| {
        let Some(bar) = tabs.get_untracked() else { return };
        let languages: Vec<String> =
            samples.with_untracked(|all| all.iter().map(|sample| sample.language.clone()).collect());
        let Some(current) = languages.iter().position(|language| is_shown(language)) else {
            return;
        };
        let next = match event.key().as_str() {
            "ArrowRight" => (current + 1) % languages.len(),
            "ArrowLeft" => (current + languages.len() - 1) % languages.len(),
            "Home" => 0,
            "End" => languages.len() - 1,
            _ => return,
        };
        event.prevent_default();
        on_select.run(languages[next].clone());
        if let Some(tab) = rendered(&bar, "[role='tab']").get(next) {
            focus(tab);
        }
    };
    let copy = move |_| {
        if let Some(sample) = shown.get_untracked() {
            on_copy.run(sample.code);
        }
    };
    let code = move || {
        shown
            .get()
            .map(|sample| pieces(&sample.code).into_iter().map(piece).collect_view())
    };
    view! {
        <div class="code-block">
            <div class="code-block-head">
                <div class="code-tabs" role="tablist" aria-label=label on:keydown=on_keydown node_ref=tabs>
                    {move || samples.get().into_iter().map(tab).collect_view()}
                </div>
                <button type="button" class="button button-subtle button-small" on:click=copy>
                    {move || {
                        let icon = if copied.get() { IconName::Checkmark } else { IconName::Copy };
                        view! { <Icon name=icon size=16 /> }
                    }}
                    {move || if copied.get() { "Copied" } else { "Copy" }}
                </button>
            </div>
            <pre
                id=id.get_value()
                role="tabpanel"
                tabindex="0"
                aria-labelledby=move || shown.with(|shown| shown.as_ref().map(|shown| tab_id(&shown.language)))
            >
                <code>{code}</code>
            </pre>
        </div>
    }
}

fn piece(piece: CodePiece) -> AnyView {
    match piece {
        CodePiece::Plain(text) => text.into_any(),
        CodePiece::Comment(text) => view! { <span class="code-comment">{text}</span> }.into_any(),
        CodePiece::Placeholder(text) => view! { <span class="code-placeholder">{text}</span> }.into_any(),
    }
}
