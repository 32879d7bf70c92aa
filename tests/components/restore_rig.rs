//! What the tests of the form of a restore have in common.

use arm_emulator::World;
use pg_backup_portal::{pages::RestorePage, prelude::*};
use web_sys::HtmlElement;

use crate::backups_page::{BackupsRig, settle};
use crate::instance::{BILLING, id_of};
use crate::support::{all, click_button, description, one, role, spoken_text, value_of};

pub const INVOICES: (&str, &str) = (
    "bv-commerce-weu",
    "pgs-legacy-invoices-957d23b1-c679-4c94-ade6-c4d34635e102",
);
pub const PRODUCTION: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups";

pub fn account(group: &str, name: &str) -> String {
    format!("{PRODUCTION}/{group}/providers/Microsoft.Storage/storageAccounts/{name}")
}

/// The default world's account that takes restored files, with its container.
pub fn target() -> String {
    let account = account("rg-commerce-prod", "stcommercebackup");
    format!("account={account}&container=restored-files")
}

/// The form of an instance; the address is the one with which all tests begin, whatever the one before left.
pub async fn form_with(instance: (&str, &str), query: &str, prepare: impl FnOnce(&mut World)) -> BackupsRig {
    let history = window().history().unwrap();
    history
        .replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some("/"))
        .unwrap();
    let instance = id_of(instance);
    let page = move || {
        let is_shown = RwSignal::new(true);
        let instance = StoredValue::new(instance);
        view! {
            <button on:click=move |_| is_shown.set(false)>"Elsewhere"</button>
            {move || is_shown.get().then(|| view! { <RestorePage instance=instance.get_value() /> })}
        }
        .into_any()
    };
    let rig = BackupsRig::with_query(query, prepare, page).await;
    settle().await;
    rig
}

pub async fn form(query: &str) -> BackupsRig {
    form_with(BILLING, query, |_| ()).await
}

/// The form with the newest recovery point, and all that is needed.
pub async fn complete(prepare: impl FnOnce(&mut World)) -> BackupsRig {
    let rig = form_with(BILLING, &format!("?{}", target()), prepare).await;
    pick_newest().await;
    rig.pass(300).await;
    rig
}

pub async fn pick_newest() {
    click_button("Choose recovery point").await;
    settle().await;
    one_of("radio", 0).click();
    settle().await;
    click_button("Select").await;
    settle().await;
}

/// One of the points in the pane.
pub fn one_of(kind: &str, index: usize) -> HtmlElement {
    all(&format!("dialog input[type={kind}]")).swap_remove(index)
}

pub fn query() -> String {
    let query = window().location().search().unwrap();
    js_sys::decode_uri_component(&query).unwrap().into()
}

pub fn status() -> String {
    spoken_text(&one(".restore-status")).replace('\u{a0}', " ")
}

/// Why a button cannot be used; empty where it can.
pub fn reason(button: &str) -> String {
    let button = role("button", button);
    match button.get_attribute("aria-disabled") {
        Some(_) => description(&button),
        None => String::new(),
    }
}

pub async fn wait(rig: &BackupsRig, seconds: u64) {
    for _ in 0..seconds.div_ceil(5) {
        rig.pass(5000).await;
    }
}

pub async fn click(name: &str) {
    click_button(name).await;
    settle().await;
}

pub fn options_of(list: &HtmlElement) -> Vec<String> {
    let options = list.query_selector_all("option").unwrap();
    (0..options.length())
        .map(|index| options.get(index).unwrap().text_content().unwrap())
        .collect()
}

pub fn field(label: &str) -> HtmlElement {
    role("textbox", label)
}

/// Nothing of a signature is anywhere that outlives a moment.
pub fn see_no_signature() {
    let html = document().document_element().unwrap().outer_html();
    let typed = all("input").iter().map(value_of).collect::<Vec<_>>().join(" ");
    let stored = |storage: Option<web_sys::Storage>| -> String {
        js_sys::JSON::stringify(&storage.unwrap()).unwrap().into()
    };
    for (place, text) in [
        ("the document", html),
        ("a field", typed),
        ("the storage", stored(window().local_storage().unwrap())),
        ("the tab's storage", stored(window().session_storage().unwrap())),
        ("the address", window().location().href().unwrap()),
    ] {
        assert!(!text.contains("sig="), "a signature is in {place}: {text}");
    }
}

/// Where the draft is kept, and the draft.
pub fn draft() -> Vec<(String, String)> {
    let storage = window().session_storage().unwrap().unwrap();
    let keys = (0..storage.length().unwrap()).filter_map(|at| storage.key(at).unwrap());
    let drafts = keys.filter(|key| key.starts_with("pgbp.restore."));
    drafts
        .map(|key| (key.clone(), storage.get_item(&key).unwrap().unwrap()))
        .collect()
}

/// As a reload leaves it.
pub fn keep(draft: &[(String, String)]) {
    let storage = window().session_storage().unwrap().unwrap();
    assert!(!draft.is_empty());
    draft
        .iter()
        .for_each(|(key, value)| storage.set_item(key, value).unwrap());
}
