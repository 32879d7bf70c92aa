//! Filter pills.

use pg_backup_portal::{
    prelude::*,
    ui::filter_pill::{FilterOption, FilterPill},
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{by_role, click_button, focused, mount, one, role, text, tick, until_event};

async fn mount_pill(selected: RwSignal<String>) -> crate::support::Mounted {
    mount(move || {
        let options = vec![
            FilterOption::new("all", "All"),
            FilterOption::new("on-demand", "On-Demand backup"),
        ];
        view! {
            <FilterPill name="Backup types" options selected on_select=move |value| selected.set(value) />
        }
    })
    .await
}

#[wasm_bindgen_test]
async fn a_pill_opens_its_choices_on_the_one_that_holds() {
    let selected = RwSignal::new("all".to_owned());
    let _page = mount_pill(selected).await;
    let pill = role("button", "Backup types : All");
    assert_eq!(pill.get_attribute("aria-expanded").as_deref(), Some("false"));
    until_event(&one("[popover]"), "toggle", || pill.click()).await;
    assert_eq!(pill.get_attribute("aria-expanded").as_deref(), Some("true"));
    assert_eq!(focused(), "All");
    assert!(!one(".filter-pill").class_list().contains("filter-pill-set"));
}

#[wasm_bindgen_test]
async fn a_choice_takes_effect_at_once_and_its_cross_takes_it_back() {
    let selected = RwSignal::new("all".to_owned());
    let _page = mount_pill(selected).await;
    role("radio", "On-Demand backup").click();
    tick().await;
    assert_eq!(selected.get_untracked(), "on-demand");
    assert_eq!(
        text(&role("button", "Backup types : On-Demand backup")),
        "Backup types : On-Demand backup"
    );
    assert!(one(".filter-pill").class_list().contains("filter-pill-set"));

    click_button("Clear Backup types filter").await;
    assert_eq!(selected.get_untracked(), "all");
    assert_eq!(by_role("button", "Clear Backup types filter").len(), 0);
    assert_eq!(focused(), "Backup types : All");
}

#[wasm_bindgen_test]
async fn a_value_that_is_no_choice_is_shown_as_it_is() {
    let _page = mount_pill(RwSignal::new("weekly".to_owned())).await;
    role("button", "Backup types : weekly");
    role("button", "Clear Backup types filter");
}
