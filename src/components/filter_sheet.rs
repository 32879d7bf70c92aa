//! Filters and order as a sheet, for screens without room for pills and heads.

use super::BELOW_A_PANE;
use crate::{
    prelude::*,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_of},
        filter_pill::FilterOption,
        pane::Pane,
        sort_header::SortDirection,
        sort_order::{SortColumn, SortOrder},
        unique_id::unique_id,
    },
};

/// Something of a list that can be chosen: a filter, or the order.
#[derive(Clone, Copy)]
pub struct Choice {
    /// Its name.
    pub name: &'static str,
    /// What can be chosen, the default first.
    pub options: Signal<Vec<FilterOption>>,
    /// What is chosen.
    pub selected: Signal<String>,
    /// Chooses.
    pub on_select: Callback<String>,
}

/// The order of a list as something that can be chosen: each column both ways.
pub fn order<C: SortColumn + Send + Sync>(
    label: fn(C) -> &'static str,
    sort: Memo<SortOrder<C>>,
    on_select: Callback<String>,
) -> Choice {
    let by = |column: C| {
        [SortDirection::Ascending, SortDirection::Descending].map(|direction| SortOrder { column, direction })
    };
    let option = move |sort: SortOrder<C>| {
        let words = format!("{}, {}", label(sort.column), sort.words());
        FilterOption::new(sort.to_query().unwrap_or_default(), words)
    };
    let orders = C::ALL.iter().copied().flat_map(by).map(option).collect();
    Choice {
        name: "Sort by",
        options: Signal::stored(orders),
        selected: Signal::derive(move || sort.get().to_query().unwrap_or_default()),
        on_select,
    }
}

/// Choices that take effect at once; what they leave of the list is said on the button below.
#[component]
pub fn FilterSheet(
    /// The choices, in their order.
    choices: Vec<Choice>,
    /// What the list shows: `12 of 40 servers`.
    shown: Signal<String>,
    /// Takes every filter away.
    on_clear: Callback<()>,
    /// Closes the sheet.
    on_close: Callback<()>,
) -> impl IntoView {
    let shown = move || format!("Show {}", shown.get());
    view! {
        <Pane
            title="Filter and sort"
            on_close
            inert=BELOW_A_PANE
            footer=move || {
                view! {
                    <Button appearance=ButtonAppearance::Primary on_click=on_close>{text_of(shown)}</Button>
                    <Button on_click=on_clear>"Clear filters"</Button>
                }
            }
        >
            <div class="filter-sheet">{choices.iter().copied().map(radios).collect_view()}</div>
        </Pane>
    }
}

/// Radio buttons; nothing where there is nothing to choose between.
fn radios(choice: Choice) -> AnyView {
    let group = unique_id("sheet");
    view_of(move || {
        let options = choice.options.get();
        if options.len() < 2 {
            return ().into_any();
        }
        let option = |option: FilterOption| {
            let (value, chosen) = (option.value.clone(), option.value);
            view! {
                <label class="filter-option">
                    <input
                        type="radio"
                        name=group.clone()
                        prop:checked=move || choice.selected.get() == chosen
                        on:change=move |_| choice.on_select.run(value.clone())
                    />
                    {option.label}
                </label>
            }
        };
        view! {
            <fieldset class="filter-options">
                <legend>{choice.name}</legend>
                {options.into_iter().map(option).collect_view()}
            </fieldset>
        }
        .into_any()
    })
}
