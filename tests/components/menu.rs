//! The menu of the pages and the button in the top bar.

use pg_backup_portal::components::{MenuPage, MenuState, MenuToggle, ResourceMenu};
use pg_backup_portal::ui::media::matches_media;
use pg_backup_portal::{prelude::*, ui::focus::focus};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{Mounted, focused, mount, one, press, role, tick, until_event};

async fn mount_menu(is_wide: RwSignal<bool>) -> Mounted {
    mount(move || {
        let menu = MenuState::provide(is_wide);
        view! {
            <MenuToggle />
            <section id="commands" data-menu=move || menu.is_hidden().then_some("hidden")></section>
            <ResourceMenu current=MenuPage::Servers server=None />
        }
    })
    .await
}

fn is_expanded() -> String {
    let expanded = role("button", "Menu").get_attribute("aria-expanded");
    expanded.unwrap_or_default()
}

#[wasm_bindgen_test]
async fn as_a_drawer_the_menu_takes_the_focus_and_esc_gives_it_back() {
    let _page = mount_menu(RwSignal::new(false)).await;
    assert_eq!(is_expanded(), "false");
    let button = role("button", "Menu");
    focus(&button);
    until_event(&one("#menu"), "focusin", || button.click()).await;
    assert_eq!(focused(), "Servers");
    assert_eq!(is_expanded(), "true");
    assert!(one("#commands").has_attribute("inert"), "it covers the commands");

    press(&role("link", "Servers"), "Escape").await;
    assert_eq!(focused(), "Menu");
    assert_eq!(is_expanded(), "false");
    assert!(!one("#commands").has_attribute("inert"), "it covers nothing");
}

#[wasm_bindgen_test]
async fn beside_the_page_the_menu_is_taken_away_until_the_page_gets_narrow() {
    let is_wide = RwSignal::new(true);
    let _page = mount_menu(is_wide).await;
    assert_eq!(is_expanded(), "true");
    role("button", "Menu").click();
    tick().await;
    assert_eq!(is_expanded(), "false");
    assert_eq!(
        one("#commands").get_attribute("data-menu").as_deref(),
        Some("hidden")
    );
    assert!(!one("#commands").has_attribute("inert"), "it covers nothing");

    is_wide.set(false);
    tick().await;
    assert_eq!(is_expanded(), "false", "no drawer opens by itself");
    assert_eq!(one("#commands").get_attribute("data-menu"), None);
    assert!(
        !one("#menu").has_attribute("data-open"),
        "no drawer opens by itself"
    );
}

#[wasm_bindgen_test]
fn a_media_query_is_asked_of_the_browser() {
    for (query, expected) in [
        ("(min-width: 1px)", true),
        ("(max-width: 1px)", false),
        ("nonsense", false),
    ] {
        assert_eq!(matches_media(query).get_untracked(), expected, "{query}");
    }
}
