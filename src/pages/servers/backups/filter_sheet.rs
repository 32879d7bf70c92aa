//! Filters and order as a sheet, for screens without room for pills and heads.

use super::{
    list_sort::{Column, Sort},
    list_view::{TIMES, TYPES, count},
    table::List,
};
use crate::{
    components::BELOW_A_PANE,
    prelude::*,
    ui::{
        button::{Button, ButtonAppearance},
        changing::text_of,
        pane::Pane,
        sort_header::SortDirection,
        sort_order::SortColumn as _,
    },
};

/// Choices that take effect at once; what they leave of the list is counted below them.
#[component]
pub fn FilterSheet(list: List, on_close: Callback<()>) -> impl IntoView {
    let query = list.query;
    let kinds = move || {
        choices(
            "Backup types",
            &TYPES,
            Signal::derive(move || query.kind.get()),
            query.set_kind,
        )
    };
    let times = move || {
        choices(
            "Completed",
            &TIMES,
            Signal::derive(move || query.time.get()),
            query.set_time,
        )
    };
    let columns: Vec<_> = Column::ALL
        .iter()
        .map(|column| (column.key(), column.label_of_cards()))
        .collect();
    let column = Signal::derive(move || query.sort.get().column.key());
    let set_column = Callback::new(move |key: String| {
        let column = Column::ALL.iter().copied().find(|column| column.key() == key);
        // As after a click on a column's head.
        if let Some(column) = column {
            let direction = column.first_direction();
            query.set_sort.run(Sort { column, direction });
        }
    });
    let directions = move || match query.sort.get().column.is_of_time() {
        true => [("-", "Newest first"), ("", "Oldest first")],
        false => [("", "A to Z"), ("-", "Z to A")],
    };
    let direction = Signal::derive(move || match query.sort.get().direction {
        SortDirection::Descending => "-",
        SortDirection::Ascending => "",
    });
    let set_direction = Callback::new(move |sign: String| {
        let direction = if sign.is_empty() {
            SortDirection::Ascending
        } else {
            SortDirection::Descending
        };
        let column = query.sort.get_untracked().column;
        query.set_sort.run(Sort { column, direction });
    });
    let shown = move || {
        let (shown, all) = list.shown.with(|shown| (shown.len(), shown.list.len()));
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
                {kinds()}
                {times()}
                {choices("Sort by", &columns, column, set_column)}
                {move || choices("Order", &directions(), direction, set_direction)}
            </div>
        </Pane>
    }
}

fn choices(
    name: &'static str,
    options: &[(&'static str, &'static str)],
    selected: Signal<&'static str>,
    on_select: Callback<String>,
) -> AnyView {
    let option = |(value, label): &(&'static str, &'static str)| {
        let (value, label) = (*value, *label);
        view! {
            <label class="filter-option">
                <input
                    type="radio"
                    name=name
                    prop:checked=move || selected.get() == value
                    on:change=move |_| on_select.run(value.to_owned())
                />
                {label}
            </label>
        }
    };
    view! {
        <fieldset class="filter-options">
            <legend>{name}</legend>
            {options.iter().map(option).collect_view()}
        </fieldset>
    }
    .into_any()
}
