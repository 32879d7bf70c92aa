//! Text fields and search boxes.

use pg_backup_portal::ui::search_box::SearchBox;
use pg_backup_portal::{prelude::*, ui::text_field::TextField};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::support::{
    by_role, click_button, description, focused, mount, press, role, see_no_text, see_text, tick, type_into,
};

#[wasm_bindgen_test]
async fn a_field_is_labelled_described_and_counted() {
    let value = RwSignal::new("first".to_owned());
    let _page = mount(move || {
        view! {
            <TextField
                label="Backup name"
                value
                required=true
                hint="Letters and digits.".to_owned()
                max_length=128usize
            />
        }
    })
    .await;
    let field = role("textbox", "Backup name");
    assert_eq!(field.get_attribute("aria-required").as_deref(), Some("true"));
    assert_eq!(description(&field), "Letters and digits.");
    assert_eq!(field.unchecked_ref::<HtmlInputElement>().value(), "first");
    see_text("5 of 128 characters");

    type_into(&field, "größer").await;
    assert_eq!(value.get_untracked(), "größer");
    see_text("6 of 128 characters");

    value.set("set".to_owned());
    tick().await;
    assert_eq!(field.unchecked_ref::<HtmlInputElement>().value(), "set");
}

#[wasm_bindgen_test]
async fn an_error_takes_the_place_of_success_and_hint_and_marks_the_field() {
    let error = RwSignal::new(None::<String>);
    let success = RwSignal::new(Some("This name is free.".to_owned()));
    let _page = mount(move || {
        let hint = "Letters and digits.".to_owned();
        view! { <TextField label="Backup name" value=RwSignal::new(String::new()) hint error success /> }
    })
    .await;
    let field = role("textbox", "Backup name");
    assert_eq!(description(&field), "This name is free. Letters and digits.");
    assert_eq!(field.get_attribute("aria-invalid"), None);

    error.set(Some("A backup has this name.".to_owned()));
    tick().await;
    assert_eq!(description(&field), "A backup has this name.");
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    see_no_text("This name is free.");
    see_no_text("Letters and digits.");

    error.set(None);
    success.set(None);
    tick().await;
    assert_eq!(description(&field), "Letters and digits.");
}

#[wasm_bindgen_test]
async fn a_search_filters_from_the_first_letter_and_is_cleared_by_esc_and_by_its_cross() {
    let value = RwSignal::new(String::new());
    let _page = mount(move || {
        view! { <SearchBox label="Search by name" value on_input=move |text| value.set(text) /> }
    })
    .await;
    let field = role("searchbox", "Search by name");
    assert_eq!(by_role("button", "Clear search").len(), 0);

    type_into(&field, "o").await;
    assert_eq!(value.get_untracked(), "o");
    assert!(
        !press(&field, "Escape").await,
        "Esc belongs to the field while it holds text"
    );
    assert_eq!(value.get_untracked(), "");
    assert!(press(&field, "Escape").await, "Esc goes on once it is empty");

    type_into(&field, "orders").await;
    click_button("Clear search").await;
    assert_eq!(value.get_untracked(), "");
    assert_eq!(focused(), "Search by name");
}
