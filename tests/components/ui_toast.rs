//! Toasts and live regions.

use pg_backup_portal::ui::focus::focus;
use pg_backup_portal::ui::toast::{Toast, ToastIntent, ToastRegion};
use pg_backup_portal::{
    prelude::*,
    ui::live_region::{LiveRegion, announce},
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::support::{click_button, mount, one, role, see_text, text};

#[wasm_bindgen_test]
async fn a_toast_shows_what_happened_and_is_held_while_it_has_the_focus() {
    let (held, dismissed) = (RwSignal::new(Vec::new()), RwSignal::new(0));
    let _page = mount(move || {
        view! {
            <ToastRegion on_hold=move |hold| held.update(|all| all.push(hold))>
                <Toast
                    intent=ToastIntent::Completed
                    title="On-demand backup completed"
                    body="'smoke-test' of server 'pg-dev-checkout'."
                    time=|| "09:41:08 UTC"
                    actions=|| view! { <a href="#list">"Show in list"</a> }
                    on_dismiss=move |()| dismissed.update(|n| *n += 1)
                />
            </ToastRegion>
        }
    })
    .await;
    see_text("On-demand backup completed");
    see_text("'smoke-test' of server 'pg-dev-checkout'.");
    see_text("09:41:08 UTC");
    role("link", "Show in list");

    focus(&role("button", "Dismiss notification"));
    assert_eq!(held.get_untracked(), [true]);
    let region = one(".toast-region");
    for (event, holds) in [("mouseenter", true), ("mouseleave", true)] {
        region
            .dispatch_event(&web_sys::Event::new(event).unwrap())
            .unwrap();
        assert_eq!(
            held.get_untracked().last(),
            Some(&holds),
            "{event} while the focus is there"
        );
    }
    role("button", "Dismiss notification").blur().unwrap();
    assert_eq!(held.get_untracked(), [true, true, true, false]);
    click_button("Dismiss notification").await;
    assert_eq!(dismissed.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn news_are_said_by_regions_that_were_there_before_them() {
    let _page = mount(move || view! { <LiveRegion /> }).await;
    let (polite, urgent) = (one("[role=status]"), one("[role=alert]"));
    assert_eq!((text(&polite), text(&urgent)), (String::new(), String::new()));

    announce("17 backups read.", false);
    announce("Sign-in ends in 1 minute.", true);
    assert_eq!(text(&polite), "17 backups read.");
    assert_eq!(text(&urgent), "Sign-in ends in 1 minute.");
    assert_eq!(polite.get_attribute("aria-live").as_deref(), Some("polite"));
}
