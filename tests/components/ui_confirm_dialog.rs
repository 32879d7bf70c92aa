//! Confirm dialogs.

use pg_backup_portal::ui::button::Button;
use pg_backup_portal::ui::focus::focus;
use pg_backup_portal::{prelude::*, ui::confirm_dialog::ConfirmDialog};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{all, by_role, click_button, description, focused, mount, press, role};

#[derive(Clone, Copy)]
struct Asked {
    open: RwSignal<bool>,
    confirmed: RwSignal<u32>,
    busy: RwSignal<bool>,
}

impl Asked {
    fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            confirmed: RwSignal::new(0),
            busy: RwSignal::new(false),
        }
    }
}

#[component]
fn PageWithDialog(asked: Asked, destructive: bool) -> impl IntoView {
    let Asked {
        open,
        confirmed,
        busy,
    } = asked;
    view! {
        <Button on_click=move |()| open.set(true)>"Ask"</Button>
        {move || {
            open.get()
                .then(|| {
                    view! {
                        <ConfirmDialog
                            title="Delete on-demand backup"
                            act="Delete"
                            destructive
                            busy=busy
                            on_confirm=move |()| confirmed.update(|n| *n += 1)
                            on_cancel=move |()| open.set(false)
                        >
                            <p>"Are you sure?"</p>
                        </ConfirmDialog>
                    }
                })
        }}
    }
}

async fn ask() {
    focus(&role("button", "Ask"));
    click_button("Ask").await;
}

#[wasm_bindgen_test]
async fn a_destructive_question_is_modal_and_begins_on_cancel() {
    let asked = Asked::new();
    let _page = mount(move || view! { <PageWithDialog asked destructive=true /> }).await;
    ask().await;
    let dialog = role("alertdialog", "Delete on-demand backup");
    assert!(dialog.matches(":modal").unwrap());
    assert_eq!(description(&dialog), "Are you sure?");
    assert_eq!(focused(), "Cancel");
}

#[wasm_bindgen_test]
async fn a_harmless_question_begins_on_its_act() {
    let asked = Asked::new();
    let _page = mount(move || view! { <PageWithDialog asked destructive=false /> }).await;
    ask().await;
    role("dialog", "Delete on-demand backup");
    assert_eq!(focused(), "Delete");
}

#[wasm_bindgen_test]
async fn the_act_runs_once_per_click_and_leaves_the_dialog_open() {
    let asked = Asked::new();
    let _page = mount(move || view! { <PageWithDialog asked destructive=true /> }).await;
    ask().await;
    click_button("Delete").await;
    assert_eq!(asked.confirmed.get_untracked(), 1);
    assert_eq!(by_role("alertdialog", "Delete on-demand backup").len(), 1);

    asked.busy.set(true);
    click_button("Delete").await;
    assert_eq!(asked.confirmed.get_untracked(), 1, "ignored while busy");
}

#[wasm_bindgen_test]
async fn cancel_and_esc_do_nothing_but_close_and_give_the_focus_back() {
    let asked = Asked::new();
    let _page = mount(move || view! { <PageWithDialog asked destructive=true /> }).await;
    ask().await;
    click_button("Cancel").await;
    assert_eq!(all("dialog").len(), 0);
    assert_eq!(focused(), "Ask");

    ask().await;
    press(&role("button", "Cancel"), "Escape").await;
    assert_eq!(all("dialog").len(), 0);
    assert_eq!(focused(), "Ask");
    assert_eq!(asked.confirmed.get_untracked(), 0);
}
