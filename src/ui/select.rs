//! Fields in which one of several is chosen.

use crate::prelude::*;

use super::{
    changing::view_of,
    icon::{Icon, IconName},
    unique_id::unique_id,
};

/// From so many choices on they are found by typing (visual specification 3, *Select*).
const FOUND_BY_TYPING: usize = 12;

/// One of the choices of a [`Select`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is chosen by it: what people call it, as they may type it.
    pub value: String,
    /// What tells it from others, such as its region.
    pub more: String,
}

impl Choice {
    /// A choice that its value tells enough of.
    pub fn new(value: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            more: String::new(),
        }
    }

    fn label(&self) -> String {
        match self.more.as_str() {
            "" => self.value.clone(),
            more => format!("{} · {more}", self.value),
        }
    }
}

/// A labelled field for one of several choices: the browser's own list, or, where there are many, a field whose list is
/// filtered while one types.
///
/// In the latter anything may be typed; who uses it says by `error` what is none of the choices.
#[component]
pub fn Select(
    /// The label above it.
    #[prop(into)]
    label: String,
    /// What there is to choose from.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The value of what is chosen; one that is no choice means that nothing is.
    value: RwSignal<String>,
    /// Marks the label with `*` and the field as required.
    #[prop(optional)]
    required: bool,
    /// What stands in the list while nothing is chosen, such as `Choose a container`.
    #[prop(default = "")]
    placeholder: &'static str,
    /// What the choice means, in one line below.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What is wrong with the choice.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// To move the focus to it: the id of the field.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let id = StoredValue::new(id.unwrap_or_else(|| unique_id("select")));
    let below = move |part: &str| id.with_value(|id| format!("{id}-{part}"));
    let is_long = Memo::new(move |_| choices.with(|choices| choices.len() >= FOUND_BY_TYPING));
    let is_wrong = move || error.with(Option::is_some);
    let described_by = move || {
        let has_hint = hint.with(Option::is_some);
        let part = if is_wrong() { "error" } else { "hint" };
        (is_wrong() || has_hint).then(|| below(part))
    };
    let list = move || {
        view! {
            <select
                class="field-input field-select"
                id=id.get_value()
                aria-required=required.then_some("true")
                aria-invalid=move || is_wrong().then_some("true")
                aria-describedby=described_by
                on:change=move |event| value.set(event_target_value(&event))
            >
                {view_of(move || options(&choices.get(), value, placeholder))}
            </select>
            <span class="field-chevron"><Icon name=IconName::ChevronDown size=16 /></span>
        }
        .into_any()
    };
    let typed = move || {
        view! {
            <input
                class="field-input"
                id=id.get_value()
                type="text"
                list=below("list")
                placeholder=placeholder
                autocomplete="off"
                spellcheck="false"
                aria-required=required.then_some("true")
                aria-invalid=move || is_wrong().then_some("true")
                aria-describedby=described_by
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
            <datalist id=below("list")>
                {view_of(move || {
                    let choices = choices.get().into_iter();
                    choices
                        .map(|choice| view! { <option value=choice.value>{choice.more}</option> })
                        .collect_view()
                        .into_any()
                })}
            </datalist>
        }
        .into_any()
    };
    view! {
        <div class="field" class:field-invalid=is_wrong>
            <label class="field-label" for=id.get_value()>
                {label}
                {required.then(|| view! { <span class="field-required" aria-hidden="true">" *"</span> })}
            </label>
            <div class="field-box">{view_of(move || if is_long.get() { typed() } else { list() })}</div>
            <div class="field-below">
                <div class="field-messages">
                    {view_of(move || match (error.get(), hint.get()) {
                        (Some(error), _) => view! {
                            <p class="field-error" id=below("error")>
                                <Icon name=IconName::DismissCircle size=16 />
                                {error}
                            </p>
                        }
                        .into_any(),
                        (None, Some(hint)) => view! { <p class="field-hint" id=below("hint")>{hint}</p> }.into_any(),
                        (None, None) => ().into_any(),
                    })}
                </div>
            </div>
        </div>
    }
}

/// The choices, and on top of them that nothing is chosen, while nothing is.
fn options(choices: &[Choice], value: RwSignal<String>, placeholder: &'static str) -> AnyView {
    let known: Vec<String> = choices.iter().map(|choice| choice.value.clone()).collect();
    let is_none = Memo::new(move |_| value.with(|value| !known.contains(value)));
    let none = view_of(move || {
        if is_none.get() {
            view! { <option value="" prop:selected=true>{placeholder}</option> }.into_any()
        } else {
            ().into_any()
        }
    });
    let options = choices
        .iter()
        .map(|choice| {
            let (own, label) = (choice.value.clone(), choice.label());
            let is_chosen = move || value.with(|value| *value == own);
            view! { <option value=choice.value.clone() prop:selected=is_chosen>{label}</option> }
        })
        .collect_view();
    view! { {none} {options} }.into_any()
}
