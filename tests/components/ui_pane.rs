//! Panes.

use pg_backup_portal::ui::button::Button;
use pg_backup_portal::ui::pane::Pane;
use pg_backup_portal::ui::text_field::TextField;
use pg_backup_portal::{
    prelude::*,
    ui::focus::{focus, focus_first},
};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlDialogElement, HtmlInputElement};

use crate::support::{all, by_role, click_button, focused, mount, one, press, role, tick};

/// A page with a button that opens a pane; returns what the pane asked for.
#[derive(Clone, Copy)]
struct Asked {
    open: RwSignal<bool>,
    closes: RwSignal<u32>,
    submits: RwSignal<u32>,
}

impl Asked {
    fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            closes: RwSignal::new(0),
            submits: RwSignal::new(0),
        }
    }
}

#[component]
fn PageWithPane(asked: Asked) -> impl IntoView {
    let Asked {
        open,
        closes,
        submits,
    } = asked;
    view! {
        <main id="under-the-pane">
            <Button on_click=move |()| open.set(true)>"Backup now"</Button>
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            <Pane
                                title="Take backup"
                                inert=&["under-the-pane"]
                                on_close=move |()| closes.update(|n| *n += 1)
                                on_submit=move |()| submits.update(|n| *n += 1)
                                footer=move || view! { <Button on_click=move |()| open.set(false)>"Cancel"</Button> }
                            >
                                <TextField label="Backup name" value=RwSignal::new("suggested".to_owned()) />
                            </Pane>
                        }
                    })
            }}
        </main>
    }
}

async fn open_pane() {
    focus(&role("button", "Backup now"));
    click_button("Backup now").await;
    // The portal mounts in an effect, the pane opens in the next.
    tick().await;
}

#[wasm_bindgen_test]
async fn a_pane_opens_beside_the_page_with_the_caret_behind_the_first_fields_text() {
    let asked = Asked::new();
    let _page = mount(move || view! { <PageWithPane asked /> }).await;
    open_pane().await;
    let pane = role("dialog", "Take backup");
    assert!(pane.unchecked_ref::<HtmlDialogElement>().open());
    assert!(
        !one("#under-the-pane").contains(Some(&pane)),
        "inside it would be inert itself"
    );
    assert!(one("#under-the-pane").has_attribute("inert"));
    assert_eq!(all(".pane-overlay").len(), 1);

    assert_eq!(focused(), "Backup name");
    let field: HtmlInputElement = role("textbox", "Backup name").unchecked_into();
    let selection = (field.selection_start().unwrap(), field.selection_end().unwrap());
    assert_eq!(
        selection,
        (Some(9), Some(9)),
        "nothing selected, caret at the end"
    );
}

#[wasm_bindgen_test]
async fn esc_and_the_cross_ask_to_close_and_close_nothing_themselves() {
    let asked = Asked::new();
    let _page = mount(move || view! { <PageWithPane asked /> }).await;
    open_pane().await;
    press(&role("textbox", "Backup name"), "Escape").await;
    assert_eq!(asked.closes.get_untracked(), 1);
    click_button("Close").await;
    assert_eq!(asked.closes.get_untracked(), 2);
    assert_eq!(by_role("dialog", "Take backup").len(), 1);
}

#[wasm_bindgen_test]
async fn enter_in_a_field_submits_and_on_a_button_does_not() {
    let asked = Asked::new();
    let _page = mount(move || view! { <PageWithPane asked /> }).await;
    open_pane().await;
    press(&role("button", "Cancel"), "Enter").await;
    assert_eq!(asked.submits.get_untracked(), 0);
    press(&role("textbox", "Backup name"), "Enter").await;
    assert_eq!(asked.submits.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_pane_that_goes_gives_the_page_and_the_focus_back() {
    let asked = Asked::new();
    let _page = mount(move || view! { <PageWithPane asked /> }).await;
    open_pane().await;
    click_button("Cancel").await;
    assert_eq!(by_role("dialog", "Take backup").len(), 0);
    assert!(!one("#under-the-pane").has_attribute("inert"));
    assert_eq!(focused(), "Backup now");
}

#[wasm_bindgen_test]
async fn a_pane_without_inert_ids_has_no_overlay_and_one_without_fields_takes_the_focus() {
    let _page = mount(|| {
        view! { <Pane title="Notifications" class="pane bell-panel" on_close=|()| ()>"Nothing yet."</Pane> }
    })
    .await;
    tick().await;
    assert_eq!(all(".pane-overlay").len(), 0);
    assert_eq!(focused(), "Close");
}

#[wasm_bindgen_test]
async fn the_focus_leaves_a_fields_text_unselected() {
    let _page =
        mount(|| view! { <TextField label="Backup name" value=RwSignal::new("suggested".to_owned()) /> })
            .await;
    let field: HtmlInputElement = role("textbox", "Backup name").unchecked_into();
    field.select();
    focus_first(&one(".field"));
    assert_eq!(focused(), "Backup name");
    let selection = (field.selection_start().unwrap(), field.selection_end().unwrap());
    assert_eq!(
        selection,
        (Some(9), Some(9)),
        "nothing selected, caret at the end"
    );
}
