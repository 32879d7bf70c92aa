//! *Show as code*: tabs, what is copied, what is remembered.

use pg_backup_portal::code::samples;
use pg_backup_portal::{components::ShowAsCode, prelude::*};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{HandClock, provide_clock, settle};
use crate::clipboard::FakeClipboard;
use crate::support::{Mounted, all, by_role, click_button, mount, one, press, role, see_text, text};

async fn show(name: RwSignal<String>) -> (Mounted, std::rc::Rc<HandClock>) {
    let clock = HandClock::new();
    let given = clock.clone();
    let page = mount(move || {
        provide_clock(given);
        let code = Signal::derive(move || {
            let name = name.get();
            if name.is_empty() {
                return vec![];
            }
            samples(
                format!("az {name}"),
                format!("PUT /{name}"),
                format!("curl $TOKEN {name}"),
            )
        });
        view! { <ShowAsCode label="Take this backup" samples=code /> }
    })
    .await;
    (page, clock)
}

fn forget_language() {
    window()
        .local_storage()
        .unwrap()
        .unwrap()
        .remove_item("pgbp.code-language")
        .unwrap();
}

fn code() -> String {
    text(&one("pre"))
}

#[wasm_bindgen_test]
async fn the_code_is_closed_at_first_and_follows_what_is_typed() {
    forget_language();
    let name = RwSignal::new("v1".to_owned());
    let _page = show(name).await;
    assert_eq!(text(&one("details > summary")), "Show as code az, REST, curl");
    assert!(!one("details").has_attribute("open"));
    assert_eq!(code(), "az v1");
    name.set("v2".to_owned());
    settle().await;
    assert_eq!(code(), "az v2");
    name.set(String::new());
    settle().await;
    see_text("The code follows once there is a name that Azure takes.");
    assert_eq!(all("pre").len(), 0);
}

#[wasm_bindgen_test]
async fn the_language_is_chosen_by_click_and_arrow_and_remembered() {
    forget_language();
    let page = show(RwSignal::new("v1".to_owned())).await;
    assert_eq!(
        role("tab", "Azure CLI").get_attribute("aria-selected").as_deref(),
        Some("true")
    );
    role("tab", "REST").click();
    settle().await;
    assert_eq!(code(), "PUT /v1");
    press(&role("tab", "REST"), "ArrowRight").await;
    assert_eq!(code(), "curl $TOKEN v1");
    assert_eq!(
        text(&one(".code-placeholder")),
        "$TOKEN",
        "a place for a secret stands out"
    );
    drop(page);

    let _again = show(RwSignal::new("v3".to_owned())).await;
    assert_eq!(code(), "curl $TOKEN v3", "chosen once for all of them");
    forget_language();
}

#[wasm_bindgen_test]
async fn what_is_shown_is_copied_and_that_is_said_for_two_seconds() {
    forget_language();
    let clipboard = FakeClipboard::install(false);
    let (_page, clock) = show(RwSignal::new("v1".to_owned())).await;
    role("tab", "REST").click();
    settle().await;
    click_button("Copy").await;
    settle().await;
    assert_eq!(clipboard.copied(), ["PUT /v1"]);
    assert_eq!(by_role("button", "Copied").len(), 1);
    assert_eq!(
        text(&one(".code-of [role='status']")),
        "Copied.",
        "screen readers are told"
    );

    clock.pass(std::time::Duration::from_millis(1999));
    settle().await;
    assert_eq!(by_role("button", "Copied").len(), 1);
    clock.pass(std::time::Duration::from_millis(1));
    settle().await;
    assert_eq!(by_role("button", "Copy").len(), 1);
    assert_eq!(text(&one(".code-of [role='status']")), "");
    forget_language();
}

#[wasm_bindgen_test]
async fn a_browser_that_refuses_the_clipboard_is_no_silent_failure() {
    let clipboard = FakeClipboard::install(true);
    let _page = show(RwSignal::new("v1".to_owned())).await;
    click_button("Copy").await;
    settle().await;
    assert_eq!(clipboard.copied(), [""; 0]);
    see_text("The browser does not let this page copy. Select the text and copy it yourself.");
    assert_eq!(by_role("button", "Copied").len(), 0);
}
