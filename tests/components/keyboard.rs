//! The help sheet, single keys and F6.

use pg_backup_portal::components::HelpSheet;
use pg_backup_portal::ui::focus::focus;
use pg_backup_portal::{
    keyboard::{SingleKeys, listen},
    prelude::*,
};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlDialogElement;

use crate::support::{Mounted, all, by_role, focused, mount, one, press, role, see_text, tick, until_event};

/// What the page was asked for.
#[derive(Clone, Copy)]
struct Asked {
    backups: RwSignal<u32>,
    escapes: RwSignal<u32>,
    keys: SingleKeys,
}

/// A page with a command, a search field, a menu and the top bar's regions.
async fn mount_page() -> (Mounted, Asked) {
    let asked = Asked {
        backups: RwSignal::new(0),
        escapes: RwSignal::new(0),
        keys: SingleKeys::remembered(),
    };
    let page = mount(move || {
        listen(asked.keys, Callback::new(move |()| asked.escapes.update(|n| *n += 1)));
        view! {
            <header class="top-bar" aria-label="Top bar"><button>"Menu"</button></header>
            <nav id="menu" aria-label="Menu"><a href="#other">"Other"</a> <a href="#here" aria-current="page">"Here"</a></nav>
            <div class="command-bar">
                <button on:click=move |_| asked.backups.update(|n| *n += 1)>"Backup now"</button>
            </div>
            <main id="main" aria-label="Content" tabindex="0">
                <input type="search" aria-label="Search by name" value="old" />
                <input type="checkbox" aria-label="Choice" />
            </main>
            <section class="toast-region" aria-label="Notifications" tabindex="-1"><button>"Dismiss"</button></section>
        }
    })
    .await;
    asked.keys.switch(true);
    tick().await;
    (page, asked)
}

#[wasm_bindgen_test]
async fn a_single_key_uses_the_command_that_shows_it() {
    let (_page, asked) = mount_page().await;
    let command = role("button", "Backup now");
    assert_eq!(command.get_attribute("aria-keyshortcuts").as_deref(), Some("B"));
    focus(&role("link", "Here"));
    assert!(
        !press(&role("link", "Here"), "b").await,
        "the browser does nothing more"
    );
    assert_eq!(asked.backups.get_untracked(), 1);

    assert!(!press(&role("link", "Here"), "/").await);
    assert_eq!(focused(), "Search by name");
    assert!(
        press(&role("searchbox", "Search by name"), "b").await,
        "it is typed"
    );
    assert_eq!(asked.backups.get_untracked(), 1);
    press(&role("checkbox", "Choice"), "b").await;
    assert_eq!(asked.backups.get_untracked(), 2, "a box takes no letters");
    assert!(
        press(&role("link", "Here"), "r").await,
        "this page has no such command"
    );
}

#[wasm_bindgen_test]
async fn single_keys_can_be_switched_off_and_stay_off() {
    let (_page, asked) = mount_page().await;
    asked.keys.switch(false);
    tick().await;
    assert!(press(&role("link", "Here"), "b").await);
    assert_eq!(asked.backups.get_untracked(), 0);
    assert!(!role("button", "Backup now").has_attribute("aria-keyshortcuts"));
    assert!(
        !SingleKeys::remembered().are_on().get_untracked(),
        "the next page knows"
    );
    assert!(
        !press(&role("link", "Here"), "F6").await,
        "regions are reached all the same"
    );
    asked.keys.switch(true);
}

#[wasm_bindgen_test]
async fn f6_goes_round_the_regions_and_esc_leaves_the_toasts_for_where_it_was() {
    let (_page, asked) = mount_page().await;
    focus(&role("searchbox", "Search by name"));
    for name in ["Notifications", "Menu", "Here", "Content", "Notifications"] {
        let from: web_sys::HtmlElement = document().active_element().unwrap().unchecked_into();
        press(&from, "F6").await;
        assert_eq!(focused(), name);
    }
    press(&one(".toast-region"), "Escape").await;
    assert_eq!(focused(), "Content");
    assert_eq!(asked.escapes.get_untracked(), 0, "the toasts have taken it");
    press(&one("#main"), "Escape").await;
    assert_eq!(asked.escapes.get_untracked(), 1);

    one("#menu").set_attribute("inert", "").unwrap();
    focus(&role("button", "Menu"));
    press(&role("button", "Menu"), "F6").await;
    assert_eq!(focused(), "Content", "what cannot be used is passed over");
}

#[wasm_bindgen_test]
async fn the_help_sheet_lists_the_keys_and_has_the_switch() {
    let (is_open, closed) = (RwSignal::new(true), RwSignal::new(false));
    let keys = SingleKeys::remembered();
    keys.switch(true);
    let _page = mount(move || {
        view! {
            <Show when=move || is_open.get()>
                <HelpSheet
                    single_keys=keys
                    on_close=Callback::new(move |()| {
                        closed.set(true);
                        is_open.set(false);
                    })
                />
            </Show>
        }
    })
    .await;
    let sheet: HtmlDialogElement = role("dialog", "Help").unchecked_into();
    assert!(sheet.open());
    see_text("Backup now");
    assert_eq!(
        all("kbd")
            .iter()
            .filter(|key| key.text_content().as_deref() == Some("F6"))
            .count(),
        1
    );

    role("switch", "Single keys").click();
    assert!(!keys.are_on().get_untracked());
    role("switch", "Single keys").click();
    assert!(keys.are_on().get_untracked());

    let cross = role("button", "Close");
    until_event(&sheet, "close", || cross.click()).await;
    assert!(closed.get_untracked());
    assert!(by_role("dialog", "Help").is_empty());
}
