//! Fields in which one of several is chosen.

use pg_backup_portal::{
    prelude::*,
    ui::select::{Choice, Select},
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{all, choose, description, mount, role, spoken_text, tick, type_into, value_of};

fn choices(number: usize) -> Vec<Choice> {
    let choice = |index| Choice {
        value: format!("account-{index}"),
        more: "West Europe".to_owned(),
    };
    (1..=number).map(choice).collect()
}

#[wasm_bindgen_test]
async fn a_few_choices_are_the_browsers_own_list() {
    let (value, few) = (RwSignal::new(String::new()), RwSignal::new(choices(2)));
    let _page = mount(move || {
        view! {
            <Select
                label="Storage account"
                choices=few
                value
                required=true
                placeholder="Choose an account"
                hint="Where the backup goes.".to_owned()
            />
        }
    })
    .await;
    let field = role("combobox", "Storage account");
    assert_eq!(field.tag_name(), "SELECT");
    assert_eq!(field.get_attribute("aria-required").as_deref(), Some("true"));
    assert_eq!(description(&field), "Where the backup goes.");
    let options = || -> Vec<String> { all("option").iter().map(|option| spoken_text(option)).collect() };
    assert_eq!(
        options(),
        [
            "Choose an account",
            "account-1 · West Europe",
            "account-2 · West Europe"
        ]
    );

    choose(&field, "account-2").await;
    assert_eq!(value.get_untracked(), "account-2");
    assert_eq!(options().len(), 2, "nothing is no choice any more");

    value.set("account-1".to_owned());
    tick().await;
    assert_eq!(value_of(&field), "account-1");
    few.set(vec![Choice::new("other")]);
    tick().await;
    assert_eq!(value_of(&field), "", "what was chosen is gone");
    assert_eq!(options(), ["Choose an account", "other"]);
}

#[wasm_bindgen_test]
async fn many_choices_are_found_by_typing() {
    let value = RwSignal::new(String::new());
    let error = RwSignal::new(None::<String>);
    let _page = mount(move || {
        let many = Signal::stored(choices(12));
        view! { <Select label="Storage account" choices=many value error placeholder="Choose an account" /> }
    })
    .await;
    let field = role("combobox", "Storage account");
    assert_eq!(field.tag_name(), "INPUT");
    assert_eq!(
        field.get_attribute("placeholder").as_deref(),
        Some("Choose an account")
    );
    assert_eq!(all("datalist option").len(), 12);
    type_into(&field, "account-9").await;
    assert_eq!(value.get_untracked(), "account-9");
    error.set(Some("There is no account of this name.".to_owned()));
    tick().await;
    assert_eq!(description(&field), "There is no account of this name.");
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
}
