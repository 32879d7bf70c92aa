//! A labelled field for a day.

use crate::{
    prelude::*,
    ui::{
        changing::view_of,
        icon::{Icon, IconName},
        unique_id::unique_id,
    },
};

/// The browser's own field for a day; what is chosen is written as `2027-01-31`.
#[component]
pub fn DateField(
    /// The label above it.
    label: &'static str,
    /// What is chosen; empty while it is no day.
    value: RwSignal<String>,
    /// The first day that can be chosen.
    min: String,
    /// What it means, in one line below.
    hint: &'static str,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let id = unique_id("date");
    let below = StoredValue::new(format!("{id}-below"));
    let said = view_of(move || {
        match error.get() {
        Some(error) => view! {
            <p class="field-error" id=below.get_value()><Icon name=IconName::DismissCircle size=16 />{error}</p>
        }
        .into_any(),
        None => view! { <p class="field-hint" id=below.get_value()>{hint}</p> }.into_any(),
    }
    });
    view! {
        <div class="field field-date" class:field-invalid=move || error.with(Option::is_some)>
            <label class="field-label" for=id.clone()>{label}</label>
            <div class="field-box">
                <input
                    class="field-input"
                    id=id
                    type="date"
                    min=min
                    max="2125-12-31"
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=below.get_value()
                    prop:value=move || value.get()
                    on:input=move |event| value.set(event_target_value(&event))
                />
            </div>
            <div class="field-below"><div class="field-messages">{said}</div></div>
        </div>
    }
}
