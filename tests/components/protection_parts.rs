//! What the wizard, a vault and an instance share, by what a user sees.

use arm_client::data_protection::{BackupPolicy, PolicyRules};
use arm_core::ResourceId;
use leptos::prelude::*;
use pg_backup_portal::{components::protection::PolicyDetails, services::use_arm};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::BackupsRig;
use crate::support::{all, by_role, one, role, see_no_text, see_text, spoken_text, text, type_into};

/// Parts over the emulator; the server is of no account here.
async fn parts(view: fn(ResourceId) -> AnyView) -> BackupsRig {
    BackupsRig::with_page("rg-billing-prod", "pg-billing-prod", |_| (), view).await
}

fn vault(name: &str) -> ResourceId {
    let id = "11111111-1111-4111-8111-111111111111";
    let kind = "Microsoft.DataProtection/backupVaults";
    ResourceId::in_resource_group(id, "rg-backup-prod", kind, name).unwrap()
}

/// A policy of the default world, once it has been read.
fn policy_of(name: &'static str) -> AnyView {
    let (read, arm) = (RwSignal::new(None::<BackupPolicy>), use_arm());
    let id = vault("bv-commerce-weu").child("backupPolicies", name).unwrap();
    leptos::task::spawn_local(async move {
        read.set(arm.data_protection().policy(&id).await.ok());
    });
    let rules = move || {
        read.with(|read| {
            read.as_ref()
                .map_or_else(PolicyRules::default, |read| read.rules.clone())
        })
    };
    view! { <PolicyDetails rules=Signal::derive(rules) /> }.into_any()
}

/// The cells of each row of a table.
fn rows(table: usize) -> Vec<String> {
    let tables = all("table");
    let rows = tables[table].query_selector_all("tbody tr").unwrap();
    let row = |index| spoken_text(&wasm_bindgen::JsCast::unchecked_into(rows.get(index).unwrap()));
    (0..rows.length()).map(row).collect()
}

#[wasm_bindgen_test]
async fn a_policy_is_told_in_words_and_by_what_exists_on_a_day() {
    let rig = parts(|_| policy_of("pgflex-long-term")).await;
    assert_eq!(text(&all("dd")[0]), "Every Sunday at 02:00 UTC");
    let squeezed = |text: &str| text.replace([' ', '\u{a0}'], "");
    let retention: Vec<_> = rows(0).iter().map(|row| squeezed(row)).collect();
    assert_eq!(
        retention,
        [
            "YearlyThefirstbackupofeachyear10yearsafteritwastaken",
            "MonthlyThefirstbackupofeachmonth1yearafteritwastaken",
            "DefaultAllotherbackups3monthsafteritwastaken",
        ]
    );
    // From 12 March 2026 on: the first one of all is the first of its year and month.
    see_text("23 recovery points at the end of 12 Mar 2027 (UTC): 11 Monthly, 10 Default, 2 Yearly.");
    assert_eq!(rows(1).len(), 23);
    assert_eq!(rows(1)[22], "2026-03-15 02:00Yearly2036-03-15 02:00");
    let region = role("region", "Recovery points on a day");
    assert_eq!(region.tab_index(), 0, "what scrolls takes the focus");

    let day = one("input[type=date]");
    assert_eq!(day.get_attribute("min").as_deref(), Some("2026-03-12"));
    type_into(&day, "2026-03-22").await;
    rig.pass(300).await;
    see_text("2 recovery points at the end of 22 Mar 2026 (UTC): 1 Default, 1 Yearly.");
    type_into(&day, "2025-03-22").await;
    rig.pass(300).await;
    see_text("Protection begins on 2026-03-12. Choose that day or a later one.");
    assert!(by_role("region", "Recovery points on a day").is_empty());
    see_no_text("The policy has");
}
