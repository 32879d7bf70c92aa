//! Filters and order as a sheet, for screens without room for pills and heads: a part of its own.

use super::list_bar::Choice;
use crate::{
    components::{BELOW_A_PANE, LazyView},
    lazy::lazy,
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

lazy! {
    vault_panes: fn sheet(choices: Vec<Choice>, counted: Memo<Option<String>>, on_clear: Callback<()>, on_close: Callback<()>) -> AnyView {
        view! { <FilterSheet choices counted on_clear on_close /> }.into_any()
    }
}

/// The sheet, fetched when it is opened.
pub fn filter_sheet(
    choices: Vec<Choice>,
    counted: Memo<Option<String>>,
    on_clear: Callback<()>,
    on_close: Callback<()>,
) -> AnyView {
    let around = Box::new(move |content| in_pane("Filter and sort", on_close, content));
    let load = Box::new(move || Box::pin(sheet(choices.clone(), counted, on_clear, on_close)) as _);
    view! { <LazyView load around rows=0 /> }.into_any()
}

/// A pane while what it holds could not be fetched.
pub fn in_pane(title: &'static str, on_close: Callback<()>, content: AnyView) -> AnyView {
    let content = StoredValue::new_local(Some(content));
    let content = move || content.try_update_value(Option::take).flatten();
    view! { <Pane title on_close inert=BELOW_A_PANE>{content}</Pane> }.into_any()
}

/// The order of a list as something that can be chosen.
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
fn FilterSheet(
    choices: Vec<Choice>,
    counted: Memo<Option<String>>,
    on_clear: Callback<()>,
    on_close: Callback<()>,
) -> impl IntoView {
    let shown = move || format!("Show {}", counted.get().unwrap_or_else(|| "the list".to_owned()));
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
