//! A list that cannot be read, by what a user sees.

use arm_core::Method;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{BackupsRig, refuse, settle};
use crate::clipboard::FakeClipboard;
use crate::support::{by_role, click_button, page, role, see_no_text, see_text};

const LIST: &str = "pg-orders-prod/backups";
const BROKEN: &str = "An unexpected error occured while processing the request. Tracking ID: 'a1b2-c3'";

/// The page of a server; time passes until the client has asked often enough.
async fn page_with(prepare: impl FnOnce(&mut arm_emulator::World)) -> BackupsRig {
    let rig = BackupsRig::of("rg-commerce-prod", "pg-orders-prod", prepare).await;
    give_up(&rig).await;
    rig
}

async fn give_up(rig: &BackupsRig) {
    for _ in 0..6 {
        rig.pass(60_000).await;
    }
}

/// Time passes until the client has asked often enough, and no longer: it is asked again by itself.
async fn until_given_up(rig: &BackupsRig) {
    for _ in 0..20 {
        rig.pass(4_000).await;
        if page().contains("It is asked again in") {
            return;
        }
    }
}

#[wasm_bindgen_test]
async fn a_failure_gives_each_id_that_support_asks_for_to_copy() {
    let clipboard = FakeClipboard::install(false);
    let _rig = page_with(|world| refuse(world, Method::Get, LIST, 500, "InternalServerError", BROKEN)).await;
    role("heading", "The list of backups could not be read");
    see_text(
        "Azure answered 500 Internal Server Error. An unexpected error occured while processing the request.",
    );
    for (button, expected) in [
        ("Copy code", "InternalServerError"),
        ("Copy tracking id", "a1b2-c3"),
    ] {
        click_button(button).await;
        settle().await;
        assert_eq!(clipboard.copied().last().map(String::as_str), Some(expected));
    }
    click_button("Copy request id").await;
    settle().await;
    assert_eq!(
        clipboard.copied().last().map(String::len),
        Some(36),
        "whole, although it is shown shortened"
    );
}

#[wasm_bindgen_test]
async fn old_data_stay_below_the_reason_with_the_time_they_were_read() {
    let rig = page_with(|_| ()).await;
    refuse(&mut rig.world.borrow_mut(), Method::Get, LIST, 503, "Busy", "");
    click_button("Refresh").await;
    settle().await;
    until_given_up(&rig).await;
    see_text("The list of backups could not be read again. Azure answered 503 Service Unavailable.");
    see_text("Below is the list of backups as read at 09:41:00 UTC.");
    see_text("before-schema-v42");

    rig.world.borrow_mut().faults().clear();
    click_button("Try now").await;
    settle().await;
    see_no_text("could not be read again");
}

#[wasm_bindgen_test]
async fn what_failed_for_a_passing_reason_is_asked_again_by_itself() {
    let rig = page_with(|_| ()).await;
    refuse(&mut rig.world.borrow_mut(), Method::Get, LIST, 503, "Busy", "");
    click_button("Refresh").await;
    settle().await;
    until_given_up(&rig).await;
    see_text("It is asked again in 30 s. Below is the list of backups as read at 09:41:00 UTC.");
    rig.pass(6_000).await;
    see_text("It is asked again in 24 s.");

    let asked = rig.sent(Method::Get);
    rig.world.borrow_mut().faults().clear();
    for _ in 0..6 {
        rig.pass(5_000).await;
    }
    assert!(rig.sent(Method::Get) > asked, "nobody has clicked");
    see_no_text("could not be read again");
}

#[wasm_bindgen_test]
async fn what_stays_so_is_not_asked_again_by_itself() {
    let rig = page_with(|_| ()).await;
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Get,
        LIST,
        404,
        "ResourceNotFound",
        "It is gone.",
    );
    click_button("Refresh").await;
    settle().await;
    see_text("It is gone.");
    see_no_text("It is asked again");
    let asked = rig.sent(Method::Get);
    give_up(&rig).await;
    assert_eq!(rig.sent(Method::Get), asked);
}

#[wasm_bindgen_test]
async fn a_policy_that_forbids_reading_is_not_answered_with_a_role() {
    let rig = page_with(|world| {
        refuse(
            world,
            Method::Get,
            LIST,
            403,
            "RequestDisallowedByPolicy",
            "Resource was disallowed by policy.",
        );
    })
    .await;
    role("heading", "You may not see the list of backups");
    see_text(
        "Resource was disallowed by policy. A policy forbids it; those who manage the policy can allow it.",
    );
    assert_eq!(
        by_role("button", "Copy request for an owner").len(),
        0,
        "no role helps"
    );
    rig.world.borrow_mut().faults().clear();
    click_button("Check again").await;
    settle().await;
    see_text("before-schema-v42");
}
