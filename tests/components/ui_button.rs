//! Buttons.

use pg_backup_portal::ui::button::{Button, ButtonAppearance};
use pg_backup_portal::ui::icon_button::IconButton;
use pg_backup_portal::{prelude::*, ui::icon::IconName};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{all, click_button, description, mount, one, press, role, see_text, tick};

#[wasm_bindgen_test]
async fn a_click_runs_the_act_once() {
    let clicks = RwSignal::new(0);
    let _page = mount(move || {
        view! {
            <Button appearance=ButtonAppearance::Primary icon=IconName::Add on_click=move |()| clicks.update(|n| *n += 1)>
                "Backup now"
            </Button>
        }
    })
    .await;
    click_button("Backup now").await;
    assert_eq!(clicks.get_untracked(), 1);
    let button = role("button", "Backup now");
    assert_eq!(button.get_attribute("type").as_deref(), Some("button"));
    assert_eq!(button.get_attribute("aria-disabled"), None);
    assert_eq!(
        all("button svg[aria-hidden=true]").len(),
        1,
        "the icon says nothing by itself"
    );
}

#[wasm_bindgen_test]
async fn a_disabled_button_says_why_stays_focusable_and_does_nothing() {
    for reason_beside in [false, true] {
        let clicks = RwSignal::new(0);
        let reason = RwSignal::new(Some("The server is stopped.".to_owned()));
        let _page = mount(move || {
            view! {
                <Button disabled_reason=reason reason_beside on_click=move |()| clicks.update(|n| *n += 1)>
                    "Backup now"
                </Button>
            }
        })
        .await;
        let button = role("button", "Backup now");
        assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("true"));
        assert_eq!(description(&button), "The server is stopped.");
        assert!(
            !button.has_attribute("disabled"),
            "it could not be reached by Tab"
        );
        click_button("Backup now").await;
        assert_eq!(clicks.get_untracked(), 0);

        reason.set(None);
        tick().await;
        click_button("Backup now").await;
        assert_eq!(clicks.get_untracked(), 1);
        assert_eq!(description(&button), "");
    }
}

#[wasm_bindgen_test]
async fn a_busy_button_keeps_its_text_and_ignores_clicks() {
    let clicks = RwSignal::new(0);
    let busy = RwSignal::new(true);
    let _page = mount(move || {
        view! { <Button busy=busy icon=IconName::Add on_click=move |()| clicks.update(|n| *n += 1)>"Trigger"</Button> }
    })
    .await;
    click_button("Trigger").await;
    assert_eq!(clicks.get_untracked(), 0);
    assert_eq!(
        role("button", "Trigger").get_attribute("aria-busy").as_deref(),
        Some("true")
    );
    assert_eq!(all("button .spinner").len(), 1);

    busy.set(false);
    tick().await;
    click_button("Trigger").await;
    assert_eq!(clicks.get_untracked(), 1);
    assert_eq!(role("button", "Trigger").get_attribute("aria-busy"), None);
    assert_eq!(all("button .spinner").len(), 0);
}

#[wasm_bindgen_test]
async fn esc_hides_the_tooltip_of_a_reason_until_the_focus_goes() {
    let _page = mount(|| {
        view! { <Button disabled_reason="The server is stopped.".to_owned() on_click=|()| ()>"Backup now"</Button> }
    })
    .await;
    press(&role("button", "Backup now"), "Escape").await;
    assert!(one("[role=tooltip]").has_attribute("data-dismissed"));
    see_text("The server is stopped.");
}

#[wasm_bindgen_test]
async fn an_icon_button_is_named_by_its_label() {
    let clicks = RwSignal::new(0);
    let _page = mount(move || {
        view! { <IconButton icon=IconName::Dismiss label="Close" on_click=move |()| clicks.update(|n| *n += 1) /> }
    })
    .await;
    click_button("Close").await;
    assert_eq!(clicks.get_untracked(), 1);
    assert_eq!(role("button", "Close").title(), "Close");
}
