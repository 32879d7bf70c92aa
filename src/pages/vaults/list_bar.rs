//! What stands above a list: search, filters and how much of it is shown; and what lists have in common.

use std::{cmp::Ordering, time::Duration};

use leptos::html;

use crate::{
    components::{Choice, ReadAt},
    hooks::Reading,
    prelude::*,
    services::use_services,
    ui::{
        button::Button,
        changing::{text_of, view_if, view_of},
        filter_pill::FilterPill,
        icon::IconName,
        search_box::SearchBox,
        sort_header::SortDirection,
    },
};

/// How long between two looks at a list in which something goes on.
const EVERY: Duration = Duration::from_secs(15);

/// The search field and the filters; on a phone the filters are behind *Filter*.
#[component]
pub fn ListBar(
    /// The search field's name.
    #[prop(default = "Search by name")]
    label: &'static str,
    /// What is searched for.
    search: Signal<String>,
    /// Searches for something else.
    set_search: Callback<String>,
    /// The search field.
    search_input: NodeRef<html::Input>,
    /// The filters.
    choices: Vec<Choice>,
    /// Opens the sheet of filters.
    on_open: Callback<()>,
    /// How much is shown, on the right.
    children: Children,
) -> impl IntoView {
    let selected: Vec<_> = choices.iter().map(|choice| choice.selected).collect();
    let filter = move || {
        let is_set = |selected: &&Signal<String>| selected.with(|value| !value.is_empty());
        match selected.iter().filter(is_set).count() {
            0 => "Filter".to_owned(),
            number => format!("Filter ({number})"),
        }
    };
    let pill = |choice: Choice| {
        let Choice {
            name,
            options,
            selected,
            on_select,
        } = choice;
        // Of a single one there is nothing to choose.
        let has_choice = Memo::new(move |_| options.with(|options| options.len() > 1));
        view_if(has_choice, move || {
            view! { <FilterPill name options selected on_select /> }.into_any()
        })
    };
    view! {
        <div class="list-bar">
            <SearchBox label value=search on_input=set_search node_ref=search_input />
            <span class="below-640">
                <Button icon=IconName::Filter on_click=on_open>{text_of(filter)}</Button>
            </span>
            <span class="list-filters from-640">{choices.into_iter().map(pill).collect_view()}</span>
            {children()}
        </div>
    }
}

/// *3 of 17 vaults · read at 09:41:22 UTC*.
#[component]
pub fn ListCount<T: Send + Sync + 'static>(
    /// The reading of the list.
    reading: Reading<T>,
    /// How many rows there are; nothing before the list was read.
    counted: Memo<Option<String>>,
) -> impl IntoView {
    view! {
        <span class="list-count">
            {view_of(move || match counted.get() {
                Some(counted) => view! { <span>{counted} " · "</span> }.into_any(),
                None => ().into_any(),
            })}
            <ReadAt reading />
        </span>
    }
}

/// Reads again and again while something goes on and the page is in sight.
pub fn again_while(goes_on: Memo<bool>, again: Callback<()>) {
    let clock = StoredValue::new_local(use_services().clock.clone());
    Effect::new(move |_| {
        if !goes_on.get() {
            return;
        }
        // It ends with the effect: when nothing goes on any more, or the page is left.
        spawn_local_scoped_with_cancellation(async move {
            loop {
                clock.get_value().sleep(EVERY).await;
                if !document().hidden() {
                    again.run(());
                }
            }
        });
    });
}

/// An empty text leaves the query.
pub fn unless_empty(set: Callback<Option<String>>) -> Callback<String> {
    Callback::new(move |value: String| set.run((!value.is_empty()).then_some(value)))
}

/// What is not known comes last in both directions.
pub fn known_first<T: Ord>(direction: SortDirection, a: Option<T>, b: Option<T>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => match direction {
            SortDirection::Ascending => a.cmp(&b),
            SortDirection::Descending => b.cmp(&a),
        },
        (a, b) => b.is_some().cmp(&a.is_some()),
    }
}
