//! Lists to pick from: one thing or several, each with a line about it.

use crate::prelude::*;

use super::changing::view_of;
use super::names::with_names;
use super::unique_id::unique_id;

/// Something that can be picked, or says why it cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PickItem {
    /// What it is picked by.
    pub key: String,
    /// Its name.
    pub name: String,
    /// What else tells it from others, in small type.
    pub note: String,
    /// Why it cannot be picked; names in single quotes stay on one line.
    pub why_not: Option<String>,
    /// A link that belongs to the reason: its text and address.
    pub link: Option<(String, String)>,
}

/// A list of radio buttons, or of checkboxes where several can be picked.
#[component]
pub fn PickList(
    /// What is picked, for screen readers.
    #[prop(into)]
    label: String,
    /// What there is to pick from.
    #[prop(into)]
    items: Signal<Vec<PickItem>>,
    /// The keys that are picked.
    #[prop(into)]
    picked: Signal<Vec<String>>,
    /// Whether several can be picked.
    #[prop(optional)]
    several: bool,
    /// Called with the key that is picked, or, of several, put back.
    on_pick: Callback<String>,
) -> impl IntoView {
    let group = unique_id("pick");
    let items = Memo::new(move |_| items.get());
    view! {
        <fieldset class="pick-list">
            <legend class="visually-hidden">{label}</legend>
            {view_of(move || {
                let rows = items.get().into_iter();
                rows.map(|item| row(item, group.clone(), picked, several, on_pick)).collect_view().into_any()
            })}
        </fieldset>
    }
}

fn row(
    item: PickItem,
    group: String,
    picked: Signal<Vec<String>>,
    several: bool,
    on_pick: Callback<String>,
) -> AnyView {
    let id = unique_id("pick");
    let (note_id, why_id) = (format!("{id}-note"), format!("{id}-why"));
    let is_off = item.why_not.is_some();
    let described_by = if is_off {
        format!("{note_id} {why_id}")
    } else {
        note_id.clone()
    };
    let (key, chosen) = (item.key.clone(), item.key);
    let link = item
        .link
        .map(|(text, href)| view! { " " <a href=href>{text}</a> });
    let why = item
        .why_not
        .map(|why| view! { <p class="pick-why" id=why_id>{with_names(&why)} {link}</p> });
    view! {
        <div class="pick-row" class:pick-row-off=is_off>
            <label class="pick-label">
                <input
                    type=if several { "checkbox" } else { "radio" }
                    name=group
                    aria-disabled=is_off.then_some("true")
                    aria-describedby=described_by
                    prop:checked=move || picked.with(|picked| picked.contains(&chosen))
                    on:click=move |event| {
                        if is_off {
                            event.prevent_default();
                        }
                    }
                    on:change=move |_| {
                        if !is_off {
                            on_pick.run(key.clone());
                        }
                    }
                />
                <span class="pick-name">{item.name}</span>
            </label>
            <p class="pick-note" id=note_id>{item.note}</p>
            {why}
        </div>
    }
    .into_any()
}
