//! Menu buttons and toolbars.

use pg_backup_portal::ui::button::Button;
use pg_backup_portal::ui::menu_button::{MenuButton, MenuEntry};
use pg_backup_portal::ui::toolbar::Toolbar;
use pg_backup_portal::{prelude::*, ui::focus::focus};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Mounted, focused, mount, one, press, role, until_event};

async fn mount_menu(chosen: RwSignal<Vec<&'static str>>) -> Mounted {
    mount(move || {
        let entry = |label: &'static str, reason: Option<&str>| MenuEntry {
            label: label.to_owned(),
            icon: None,
            disabled_reason: reason.map(str::to_owned),
            on_select: Callback::new(move |()| chosen.update(|all| all.push(label))),
        };
        let entries = vec![
            entry("Restore", None),
            entry("Copy name", None),
            entry("Delete", Some("Kept by Azure.")),
        ];
        view! { <MenuButton label="More actions for smoke-test" entries /> }
    })
    .await
}

async fn open_menu() {
    let button = role("button", "More actions for smoke-test");
    focus(&button);
    until_event(&one("[role=menu]"), "toggle", || button.click()).await;
}

#[wasm_bindgen_test]
async fn a_menu_opens_on_its_first_act_and_keys_move_in_it() {
    let _page = mount_menu(RwSignal::new(Vec::new())).await;
    open_menu().await;
    assert_eq!(
        role("button", "More actions for smoke-test")
            .get_attribute("aria-expanded")
            .as_deref(),
        Some("true")
    );
    assert_eq!(focused(), "Restore");
    for (key, expected) in [
        ("ArrowDown", "Copy name"),
        ("End", "Delete Kept by Azure."),
        ("c", "Copy name"),
    ] {
        press(&one("[role=menuitem]:focus"), key).await;
        assert_eq!(focused(), expected, "{key}");
    }
}

#[wasm_bindgen_test]
async fn an_act_closes_the_menu_gives_the_focus_back_and_runs() {
    let chosen = RwSignal::new(Vec::new());
    let _page = mount_menu(chosen).await;
    open_menu().await;
    until_event(&one("[role=menu]"), "toggle", || {
        role("menuitem", "Copy name").click()
    })
    .await;
    assert_eq!(chosen.get_untracked(), ["Copy name"]);
    assert_eq!(focused(), "More actions for smoke-test");
    assert!(!one("[role=menu]").matches(":popover-open").unwrap());
}

#[wasm_bindgen_test]
async fn an_act_that_cannot_be_done_says_why_and_does_nothing() {
    let chosen = RwSignal::new(Vec::new());
    let _page = mount_menu(chosen).await;
    open_menu().await;
    let item = role("menuitem", "Delete Kept by Azure.");
    assert_eq!(item.get_attribute("aria-disabled").as_deref(), Some("true"));
    item.click();
    assert!(chosen.get_untracked().is_empty(), "{:?}", chosen.get_untracked());
    assert!(one("[role=menu]").matches(":popover-open").unwrap());
}

#[wasm_bindgen_test]
async fn a_toolbar_has_one_stop_of_tab_and_arrows_move_it() {
    let _page = mount(|| {
        view! {
            <Toolbar label="Commands">
                <Button on_click=|()| ()>"Backup now"</Button>
                <Button on_click=|()| ()>"Refresh"</Button>
                <a href="#code">"Show as code"</a>
            </Toolbar>
        }
    })
    .await;
    let stops = || {
        (
            role("button", "Backup now").tab_index(),
            role("button", "Refresh").tab_index(),
        )
    };
    role("toolbar", "Commands");
    assert_eq!(stops(), (0, -1));

    focus(&role("button", "Backup now"));
    press(&role("button", "Backup now"), "ArrowRight").await;
    assert_eq!(focused(), "Refresh");
    assert_eq!(stops(), (-1, 0), "the stop goes with the focus");
    press(&role("button", "Refresh"), "End").await;
    assert_eq!(focused(), "Show as code");
    press(&role("link", "Show as code"), "ArrowRight").await;
    assert_eq!(focused(), "Backup now");
}
