//! The page of servers: its views, and how last backups are read.

use std::time::Duration;

use arm_core::Clock as _;
use arm_emulator::{FaultKind, World};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    servers_rig::{Rig, fault, last_backup, rows, status, until},
    support::{all, click_button, focused, one, page, role, see_text, spoken_text},
};

/// The subscription of most servers.
const PRODUCTION: &str = "11111111-1111-4111-8111-111111111111";

#[wasm_bindgen_test]
async fn last_backups_come_four_at_a_time_and_say_what_they_are() {
    let rig = Rig::new(|_, far| *far.held.borrow_mut() = Some("pg-billing-prod/backups")).await;
    until("the other last backups", || {
        rows() == 10 && last_backup("pg-orders-prod").starts_with("2026")
    })
    .await;
    assert_eq!(last_backup("pg-billing-prod"), "Being read");
    assert_eq!(last_backup("pg-orders-ro-1"), "None of its own");
    assert_eq!(rig.asked("pg-orders-ro-1"), 0, "a replica has none");
    until("the end of the list", || {
        last_backup("pg-loyalty-new") == "None yet"
    })
    .await;
    let old = last_backup("pg-hr-archive");
    assert!(
        old.ends_with("69 days ago. A stopped server gets no new backups."),
        "{old}"
    );
    *rig.far.held.borrow_mut() = None;
    until("the one held back", || {
        last_backup("pg-billing-prod").starts_with("2026")
    })
    .await;
    assert_eq!(rig.far.most.get(), 4, "at a time");
}

#[wasm_bindgen_test]
async fn what_may_not_be_read_is_unknown_with_the_reason_and_refresh_asks_again() {
    let rig = Rig::new(|world, _| {
        world
            .faults()
            .inject(fault("pg-billing-prod/backups", status(403, None), 1))
    })
    .await;
    until("the unknown one", || {
        rows() == 10 && last_backup("pg-billing-prod").starts_with("Unknown")
    })
    .await;
    assert_eq!(last_backup("pg-billing-prod"), "Unknown. Words.");
    until("another", || last_backup("pg-orders-prod").starts_with("2026")).await;
    click_button("Refresh").await;
    until("it, read again", || {
        last_backup("pg-billing-prod").starts_with("2026")
    })
    .await;
    assert_eq!(rig.asked("pg-billing-prod"), 2);
}

#[wasm_bindgen_test]
async fn too_many_requests_make_all_wait_as_long_as_azure_asks() {
    let rig = Rig::new(|world, _| {
        world
            .faults()
            .inject(fault("pg-orders-prod/backups", status(429, Some(30)), 2))
    })
    .await;
    until("the one turned away", || {
        rows() == 10 && last_backup("pg-orders-prod").starts_with("2026")
    })
    .await;
    assert_eq!(rig.asked("pg-orders-prod"), 3);
    assert_eq!(rig.clock.elapsed(), Duration::from_secs(60));
}

#[wasm_bindgen_test]
async fn a_lost_answer_is_asked_for_again_and_then_unknown() {
    let rig = Rig::new(|world, _| {
        world
            .faults()
            .inject(fault("pg-orders-prod/backups", FaultKind::NoAnswer, 9))
    })
    .await;
    until("the end of the tries", || {
        rows() == 10 && last_backup("pg-orders-prod").starts_with("Unknown")
    })
    .await;
    assert_eq!(rig.asked("pg-orders-prod"), 4);
    assert!(
        last_backup("pg-orders-prod").contains("No answer came"),
        "{}",
        last_backup("pg-orders-prod")
    );
}

#[wasm_bindgen_test]
async fn the_first_page_of_many_is_shown_while_more_is_read() {
    let rig = Rig::new(|world, far| {
        world.switches().page_size = 4;
        // The first page, and which subscriptions are read.
        far.queries.set(2);
    })
    .await;
    until("the first page", || rows() == 4).await;
    let status = || {
        let said: Vec<String> = all("[role=status]").iter().map(|one| spoken_text(one)).collect();
        said.join("|")
    };
    see_text("4 servers · reading more");
    assert!(
        status().contains("4 servers so far. Reading more."),
        "{}",
        status()
    );
    rig.far.queries.set(2);
    until("the end", || {
        rows() == 10 && status().contains("10 servers read.")
    })
    .await;
    see_text("10 flexible servers in 3 subscriptions");
}

#[wasm_bindgen_test]
async fn a_part_that_could_be_read_is_shown_and_called_a_part() {
    let rig = Rig::new(|world, far| {
        world.switches().page_size = 4;
        far.queries.set(2);
    })
    .await;
    until("the first page", || rows() == 4).await;
    rig.world
        .borrow_mut()
        .faults()
        .inject(fault("ResourceGraph", status(400, None), 1));
    rig.far.queries.set(9);
    until("the end", || {
        page().contains("Only the first 4 servers could be read.")
    })
    .await;
    assert_eq!(rows(), 4);
    click_button("Try again").await;
    until("all rows", || rows() == 10).await;
    until("the end of the bar", || !page().contains("Only the first")).await;
}

#[wasm_bindgen_test]
async fn what_cannot_be_read_has_a_view_of_its_own() {
    let rig = Rig::new(|world, _| {
        world
            .faults()
            .inject(fault("ResourceGraph", status(400, None), 9))
    })
    .await;
    until("the failure", || page().contains("could not be read")).await;
    role("heading", "The list of servers could not be read");
    rig.world.borrow_mut().faults().clear();
    click_button("Try again").await;
    until("rows", || rows() == 10).await;
}

#[wasm_bindgen_test]
async fn subscriptions_without_a_server_are_no_missing_access() {
    let rig = Rig::new(|world, _| *world = without_servers(world)).await;
    until("the view", || page().contains("No flexible server")).await;
    see_text("3 subscriptions you may read, without a server.");
    *rig.world.borrow_mut() = World::new(7, rig.clock.now());
    all(".empty-state button")[0].click();
    until("rows", || rows() == 10).await;
}

#[wasm_bindgen_test]
async fn no_access_says_which_action_and_role_are_missing() {
    let rig = Rig::new(|world, _| {
        world
            .faults()
            .inject(fault("ResourceGraph", status(403, None), 9))
    })
    .await;
    until("the refusal", || page().contains("You may not see")).await;
    assert_eq!(
        spoken_text(&one(".empty-state code")),
        "Microsoft.DBforPostgreSQL/flexibleServers/read"
    );
    see_text("The role Reader holds it");
    rig.world.borrow_mut().faults().clear();
    click_button("Check again").await;
    until("rows", || rows() == 10).await;
}

#[wasm_bindgen_test]
async fn a_search_without_a_match_has_a_view_of_its_own_and_can_be_cleared() {
    let _rig = Rig::new(|_, _| {}).await;
    until("rows", || rows() == 10).await;
    let field = role("searchbox", "Search by name");
    crate::support::type_into(&field, "nowhere").await;
    until("the view", || page().contains("No server matches these filters.")).await;
    see_text("0 of 10 servers");
    click_button("Clear filters").await;
    let field: web_sys::HtmlInputElement = field.unchecked_into();
    until("all rows and an empty field", || {
        rows() == 10 && field.value().is_empty()
    })
    .await;
}

/// The same world without a flexible server in it.
fn without_servers(world: &World) -> World {
    let mut world = serde_json::to_value(world).unwrap();
    let documents = world["documents"].as_object_mut().unwrap();
    documents.retain(|id, _| !id.contains("/flexibleservers/"));
    serde_json::from_value(world).unwrap()
}

#[wasm_bindgen_test]
async fn names_of_subscriptions_that_come_late_leave_rows_and_focus_where_they_are() {
    let rig = Rig::new(|_, far| *far.held.borrow_mut() = Some("/subscriptions?")).await;
    until("the rows", || rows() == 10).await;
    let group = || one("tr[data-server$='/pg-orders-prod'] .cell-group").title();
    assert_eq!(group(), format!("rg-commerce-prod in {PRODUCTION}"));
    one("tr[data-server$='/pg-orders-prod'] a").focus().unwrap();
    *rig.far.held.borrow_mut() = None;
    until("the name of the subscription", || {
        group() == "rg-commerce-prod in Contoso Production"
    })
    .await;
    assert_eq!(focused(), "pg-orders-prod");
}
