//! The recovery points of a time, as the service filters them, by what a user sees.

use arm_core::Method;
use pg_backup_portal::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{BackupsRig, refuse, settle};
use crate::instance::{BILLING, page_at, page_of};
use crate::support::{all, click_button, one, page, role, see_no_text, see_text, text, type_into};

/// Chooses one of a field's choices.
async fn choose(field: &str, choice: &str) {
    let field: web_sys::HtmlSelectElement = wasm_bindgen::JsCast::unchecked_into(role("combobox", field));
    field.set_value(choice);
    field
        .dispatch_event(&web_sys::Event::new("change").unwrap())
        .unwrap();
    settle().await;
}

#[wasm_bindgen_test]
async fn the_latest_recovery_point_at_or_before_a_moment_is_found_and_stands_in_the_address() {
    let rig = page_of(BILLING).await;
    let rows = || all(".table-points tbody tr");
    let all_of_them = rows().len();
    see_no_text("Latest until then");
    let field = one("input[type=datetime-local]");
    type_into(&field, "2026-03-08T01:59").await;
    rig.pass(300).await;
    assert_eq!(rows().len(), all_of_them - 1);
    let latest = text(&rows()[0]);
    assert!(latest.starts_with("2026-03-01 02:00:00"), "{latest}");
    assert!(latest.contains("Latest until then"), "{latest}");
    assert!(!text(&rows()[1]).contains("Latest until then"));
    see_text(&format!("{} of {all_of_them} recovery points", all_of_them - 1));
    see_text("On your clock:");
    let address = window().location().search().unwrap();
    assert!(address.contains("until=2026-03-08T01"), "{address}");
    type_into(&field, "2026-03-08T02:00:00").await;
    rig.pass(300).await;
    assert!(
        text(&rows()[0]).starts_with("2026-03-08 02:00:00"),
        "at that very moment"
    );
    type_into(&field, "2020-01-01T00:00").await;
    rig.pass(300).await;
    see_text("None was taken at or before that time");
    see_text("The oldest is of ");
    let lists = filters(&rig).len();
    click_button("Show all").await;
    rig.pass(300).await;
    assert_eq!(rows().len(), all_of_them);
    see_no_text("Latest until then");
    let ends = [
        "2026-03-08T01%3A59%3A00",
        "2026-03-08T02%3A00%3A00",
        "2020-01-01T00%3A00%3A00",
    ];
    assert_eq!(
        filters(&rig),
        ends.map(|end| format!("endDate%20eq%20%27{end}.0000000Z%27")),
        "the service is asked once for each, when the typing rests"
    );
    assert_eq!(lists, ends.len(), "all of them are known already");
}

/// What lists of recovery points were asked to leave out, in their order.
fn filters(rig: &BackupsRig) -> Vec<String> {
    let asked = rig.sent_to(Method::Get, "/recoveryPoints?");
    let filters = asked.iter().filter_map(|url| url.split_once("$filter="));
    filters
        .map(|(_, filter)| filter.split('&').next().unwrap_or_default().to_owned())
        .collect()
}

#[wasm_bindgen_test]
async fn recovery_points_of_a_period_are_asked_of_the_service_and_stand_in_the_address() {
    let rig = page_of(BILLING).await;
    let rows = || all(".table-points tbody tr");
    let all_of_them = rows().len();
    choose("Taken", "Last 7 days").await;
    rig.pass(300).await;
    assert_eq!(
        filters(&rig),
        ["startDate%20eq%20%272026-03-05T09%3A41%3A00.0000000Z%27"]
    );
    assert_eq!(rows().len(), 1);
    see_text(&format!("1 of {all_of_them} recovery points"));
    see_no_text("Latest until then");
    choose("Taken", "Since a time").await;
    let fields = all("input[type=datetime-local]");
    assert_eq!(fields.len(), 2, "{}", page());
    rig.pass(300).await;
    assert_eq!(rows().len(), all_of_them, "no time is given yet");
    type_into(&fields[0], "2026-03-01T02:00").await;
    type_into(&fields[1], "2026-03-08T01:00").await;
    rig.pass(300).await;
    let both = "startDate%20eq%20%272026-03-01T02%3A00%3A00.0000000Z%27%20and%20endDate%20eq%20%272026-03-08T01%3A00%3A00.0000000Z%27";
    assert_eq!(filters(&rig).pop().as_deref(), Some(both));
    assert_eq!(rows().len(), 1);
    assert!(text(&rows()[0]).contains("Latest until then"));
    let address = window().location().search().unwrap();
    for part in ["taken=since", "since=2026-03-01T02", "until=2026-03-08T01"] {
        assert!(address.contains(part), "{address}");
    }
    drop(rig);

    // The address is all that somebody else needs.
    let rig = page_at(BILLING, &address).await;
    assert_eq!(filters(&rig), [both]);
    assert_eq!(rows().len(), 1);
    let fields = all("input[type=datetime-local]");
    type_into(&fields[1], "2026-02-01T00:00").await;
    rig.pass(300).await;
    see_text("None was taken in that time");
    assert_eq!(filters(&rig), [both], "it ends before it begins: nobody is asked");
    click_button("Show all").await;
    rig.pass(300).await;
    assert_eq!(rows().len(), all_of_them);
    assert_eq!(window().location().search().unwrap(), "?since=2026-03-01T02%3A00");
}

#[wasm_bindgen_test]
async fn a_period_that_the_service_refuses_is_told_and_tried_again() {
    let rig = page_of(BILLING).await;
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Get,
        "/recoveryPoints",
        503,
        "ServerBusy",
        "Later.",
    );
    choose("Taken", "Last 30 days").await;
    for _ in 0..10 {
        rig.pass(30_000).await;
    }
    see_text("The list of recovery points of that time could not be read");
    rig.world.borrow_mut().faults().clear();
    click_button("Try again").await;
    settle().await;
    assert!(!all(".table-points tbody tr").is_empty());
}
