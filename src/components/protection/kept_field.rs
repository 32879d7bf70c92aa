//! A field for how long backups are kept.

use super::policy_draft::{Kept, Unit};
use crate::{
    prelude::*,
    ui::{
        changing::view_of,
        icon::{Icon, IconName},
        unique_id::unique_id,
    },
};

/// What is typed into the field.
#[derive(Clone, Copy)]
pub struct KeptSignals {
    count: RwSignal<String>,
    unit: RwSignal<Unit>,
}

impl KeptSignals {
    /// With so much in it.
    pub fn new(kept: Kept) -> Self {
        Self {
            count: RwSignal::new(kept.count),
            unit: RwSignal::new(kept.unit),
        }
    }

    /// What is in it now.
    pub fn get(self) -> Kept {
        Kept {
            count: self.count.get(),
            unit: self.unit.get(),
        }
    }
}

/// A number and its unit.
#[component]
pub fn KeptField(
    /// The label above it.
    #[prop(into)]
    label: String,
    /// What is typed.
    kept: KeptSignals,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<&'static str>>,
) -> impl IntoView {
    let id = unique_id("kept");
    let below = StoredValue::new(format!("{id}-error"));
    let is_wrong = move || error.with(Option::is_some);
    let described_by = move || is_wrong().then(|| below.get_value());
    let of_unit = format!("{label}: unit");
    let options = Unit::ALL.map(|unit| {
        let is_chosen = move || kept.unit.get() == unit;
        view! { <option value=unit.word() prop:selected=is_chosen>{unit.word()}</option> }
    });
    let said = view_of(move || {
        match error.get() {
        Some(error) => view! {
            <p class="field-error" id=below.get_value()><Icon name=IconName::DismissCircle size=16 />{error}</p>
        }
        .into_any(),
        None => ().into_any(),
    }
    });
    view! {
        <div class="field" class:field-invalid=is_wrong>
            <label class="field-label" for=id.clone()>{label}</label>
            <div class="kept">
                <div class="field-box">
                    <input
                        class="field-input"
                        id=id
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        aria-invalid=move || is_wrong().then_some("true")
                        aria-describedby=described_by
                        prop:value=move || kept.count.get()
                        on:input=move |event| kept.count.set(event_target_value(&event))
                    />
                </div>
                <div class="field-box">
                    <select
                        class="field-input field-select"
                        aria-label=of_unit
                        on:change=move |event| kept.unit.set(Unit::of(&event_target_value(&event)))
                    >
                        {options.into_iter().collect_view()}
                    </select>
                    <span class="field-chevron"><Icon name=IconName::ChevronDown size=16 /></span>
                </div>
            </div>
            <div class="field-below"><div class="field-messages">{said}</div></div>
        </div>
    }
}
