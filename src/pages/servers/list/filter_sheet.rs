//! Filters and order as a sheet, for screens without room for pills and heads.

use super::{
    list_query::{ListFilter, ListQuery},
    list_sort::{Column, Sort, label},
    list_view::count,
};
use crate::{
    components::BELOW_A_PANE,
    prelude::*,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_of},
        filter_pill::FilterOption,
        pane::Pane,
        sort_header::SortDirection,
        sort_order::SortColumn as _,
        unique_id::unique_id,
    },
};

/// Choices that take effect at once; what they leave of the list is said on the button below.
#[component]
pub fn FilterSheet(
    query: ListQuery,
    filters: [ListFilter; 3],
    /// How many servers are shown, and how many there are.
    numbers: Signal<(usize, usize)>,
    on_close: Callback<()>,
) -> impl IntoView {
    let order = move || {
        let by = |column: Column| {
            [SortDirection::Ascending, SortDirection::Descending].map(|direction| Sort { column, direction })
        };
        let orders = Column::ALL.iter().copied().flat_map(by);
        let option = |sort: Sort| FilterOption::new(sort.to_query().unwrap_or_default(), label(sort));
        ListFilter {
            name: "Sort by",
            options: Signal::stored(orders.map(option).collect()),
            selected: Signal::derive(move || query.sort.get().to_query().unwrap_or_default()),
            on_select: query.set_sort,
        }
    };
    let shown = move || {
        let (shown, all) = numbers.get();
        format!("Show {}", count(shown, all))
    };
    view! {
        <Pane
            title="Filter and sort"
            on_close
            inert=BELOW_A_PANE
            footer=move || {
                view! {
                    <Button appearance=ButtonAppearance::Primary on_click=on_close>{text_of(shown)}</Button>
                    <Button on_click=query.clear>"Clear filters"</Button>
                }
            }
        >
            <div class="filter-sheet">
                {filters.map(choices).into_iter().collect_view()} {choices(order())}
            </div>
        </Pane>
    }
}

/// Radio buttons; nothing where there is nothing to choose between.
fn choices(filter: ListFilter) -> AnyView {
    let group = unique_id("sheet");
    view_of(move || {
        let options = filter.options.get();
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
                        prop:checked=move || filter.selected.get() == chosen
                        on:change=move |_| filter.on_select.run(value.clone())
                    />
                    {option.label}
                </label>
            }
        };
        view! {
            <fieldset class="filter-options">
                <legend>{filter.name}</legend>
                {options.into_iter().map(option).collect_view()}
            </fieldset>
        }
        .into_any()
    })
}
