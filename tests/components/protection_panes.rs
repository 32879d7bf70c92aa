//! The panes that make a backup policy and a backup vault, and a vault's identity, by what a user sees.

use arm_client::data_protection::{BackupPolicy, BackupVault, DatasourceKind, Redundancy, SoftDelete};
use arm_core::{Method, ResourceId};
use pg_backup_portal::{
    components::protection::{
        CreateVault, Patient, PermissionDoctor, PolicyEditor, TurnIdentityOn, use_doctor,
    },
    prelude::*,
};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{HtmlInputElement, HtmlSelectElement};

use crate::backups_page::{refuse, settle};
use crate::gallery::{add_styles_and_axe, assert_accessible};
use crate::protection_parts::{
    COMMERCE, DEVELOPMENT, PRODUCTION, flexible, parts, policy_of, validation_of, vault,
};
use crate::support::{
    accessible_name, all, click_button, description, one, role, see_no_text, see_text, type_into,
};

/// The editor for `bv-commerce-weu`, and what became of it.
fn editor() -> AnyView {
    let said = RwSignal::new("Open.".to_owned());
    let created = RwSignal::new(String::new());
    let on_created =
        Callback::new(move |policy: BackupPolicy| created.set(format!("Created {}.", policy.name)));
    let on_close = Callback::new(move |()| said.set("Closed.".to_owned()));
    let taken = vec!["pgflex-weekly".to_owned()];
    view! {
        <p>{said} " " {created}</p>
        <PolicyEditor
            vault=vault("bv-commerce-weu")
            kind=DatasourceKind::FlexibleServer
            taken=Signal::stored(taken)
            on_created
            on_close
        />
    }
    .into_any()
}

#[wasm_bindgen_test]
async fn a_policy_is_written_previewed_and_made() {
    let rig = parts(editor).await;
    let name: HtmlInputElement = wasm_bindgen::JsCast::unchecked_into(role("textbox", "Policy name"));
    assert_eq!(name.value(), "weekly-sun-0200");
    see_text("recovery points at the end of 12 Mar 2027 (UTC)");
    role("checkbox", "Wednesday").click();
    settle().await;
    see_text("The policy has 2 runs a week");
    assert_eq!(name.value(), "weekly-0200", "the name follows");
    role("checkbox", "Sunday").click();
    settle().await;
    see_no_text("The policy has 2 runs a week");
    type_into(&one("input[type=time]"), "02:30").await;
    role("checkbox", "Keep the first backup of each month longer").click();
    settle().await;
    type_into(&name, "wednesdays").await;
    rig.pass(300).await;
    let puts = rig.sent(Method::Put);
    click_button("Create").await;
    settle().await;
    see_text("Closed. Created wednesdays.");
    assert_eq!(rig.sent(Method::Put) - puts, 1);
    let service = rig.arm.data_protection();
    let id = vault("bv-commerce-weu")
        .child("backupPolicies", "wednesdays")
        .unwrap();
    let made = service.policy(&id).await.unwrap();
    assert!(made.is_for(DatasourceKind::FlexibleServer));
    assert_eq!(made.rules.intervals, ["R/2026-03-18T02:30:00+00:00/P1W"]);
    let kept: Vec<_> = made
        .rules
        .retentions
        .iter()
        .map(|kept| (kept.tag.as_str(), kept.kept.map(|kept| kept.to_iso())))
        .collect();
    let iso = |text: &str| Some(text.to_owned());
    assert_eq!(kept, [("Default", iso("P3M")), ("Monthly", iso("P1Y"))]);
}

#[wasm_bindgen_test]
async fn what_is_wrong_with_a_policy_is_said_in_its_field_and_a_refusal_in_the_form() {
    let rig = parts(editor).await;
    let name = role("textbox", "Policy name");
    type_into(&name, "PGFlex-Weekly").await;
    rig.pass(300).await;
    see_text("The vault has a policy 'PGFlex-Weekly'.");
    let create = role("button", "Create");
    assert_eq!(create.get_attribute("aria-disabled").as_deref(), Some("true"));
    type_into(&name, "another").await;
    rig.pass(300).await;
    type_into(&role("textbox", "Keep backups for"), "11000").await;
    see_no_text("recovery points at the end");
    type_into(&role("textbox", "Keep backups for"), "0").await;
    see_text("Backups are kept for one day at least.");
    type_into(&role("textbox", "Keep backups for"), "3").await;
    role("checkbox", "Sunday").click();
    settle().await;
    see_text("Choose the day on which a backup is taken.");
    role("checkbox", "Sunday").click();
    settle().await;
    let message = "The client does not have authorization to perform action 'Microsoft.DataProtection/backupVaults/backupPolicies/write' over scope '/subscriptions/s'.";
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Put,
        "backupPolicies",
        403,
        "AuthorizationFailed",
        message,
    );
    click_button("Create").await;
    settle().await;
    see_text("The policy was not created");
    see_text("Microsoft.DataProtection/backupVaults/backupPolicies/write");
    see_text("Open.");
    click_button("Cancel").await;
    role("alertdialog", "Leave without saving?");
    click_button("Leave").await;
    see_text("Closed.");
}

/// The pane that makes a vault, for a server of West Europe, and what became of it.
fn new_vault() -> AnyView {
    let said = RwSignal::new("Open.".to_owned());
    let created = RwSignal::new(String::new());
    let on_created = Callback::new(move |vault: BackupVault| created.set(format!("Created {}.", vault.name)));
    let on_close = Callback::new(move |()| said.set("Closed.".to_owned()));
    view! {
        <p>{said} " " {created}</p>
        <CreateVault location=Some("westeurope".to_owned()) on_created on_close />
    }
    .into_any()
}

/// Chooses in the list of this label.
async fn choose(label: &str, value: &str) {
    let found = all("select")
        .into_iter()
        .find(|select| accessible_name(select) == label);
    let select: HtmlSelectElement = wasm_bindgen::JsCast::unchecked_into(found.unwrap());
    select.set_value(value);
    assert_eq!(select.value(), value, "{label} has no such choice");
    select
        .dispatch_event(&web_sys::Event::new("change").unwrap())
        .unwrap();
    settle().await;
}

#[wasm_bindgen_test]
async fn a_vault_is_made_with_what_was_chosen_and_has_an_identity() {
    let rig = parts(new_vault).await;
    let create = role("button", "Create");
    assert_eq!(description(&create), "Choose a subscription.");
    see_text("It cannot be changed later.");
    choose("Subscription", "Contoso Production").await;
    choose("Resource group", "rg-backup-prod").await;
    let name = role("textbox", "Vault name");
    type_into(&name, "1-vault").await;
    rig.pass(300).await;
    see_text("A name begins with a letter.");
    type_into(&name, "bv-new-weu").await;
    choose("Redundancy", "Zone-redundant").await;
    see_text("In three zones of the region: outlives the loss of a datacentre. It cannot be changed later.");
    type_into(&role("textbox", "Days that deleted data are kept"), "7").await;
    see_text("Give 14 to 180 days.");
    type_into(&role("textbox", "Days that deleted data are kept"), "30").await;
    click_button("Create").await;
    for _ in 0..6 {
        rig.pass(10_000).await;
    }
    see_text("Closed. Created bv-new-weu.");
    let made = rig
        .arm
        .data_protection()
        .vault(&vault("bv-new-weu"))
        .await
        .unwrap();
    assert!(made.principal_id.is_some());
    assert_eq!(
        (
            made.redundancy,
            made.soft_delete,
            made.soft_delete_days,
            made.location.as_deref()
        ),
        (
            Some(Redundancy::Zone),
            Some(SoftDelete::On),
            Some(30.0),
            Some("westeurope")
        )
    );
}

#[wasm_bindgen_test]
async fn a_vault_that_is_there_is_not_changed_and_what_is_for_good_is_asked_about() {
    let rig = parts(new_vault).await;
    choose("Subscription", "Contoso Production").await;
    choose("Resource group", "rg-backup-prod").await;
    type_into(&role("textbox", "Vault name"), "bv-commerce-weu").await;
    rig.pass(300).await;
    let puts = rig.sent(Method::Put);
    click_button("Create").await;
    settle().await;
    see_text("The resource group has a backup vault of this name.");
    assert_eq!(rig.sent(Method::Put), puts);
    type_into(&role("textbox", "Vault name"), "bv-for-good").await;
    choose("Soft delete", "Always on").await;
    choose("Immutability", "Enabled and locked").await;
    click_button("Create").await;
    role("alertdialog", "Create a vault that cannot be changed back?");
    assert_eq!(rig.sent(Method::Put), puts, "not before it was confirmed");
    let message = "The client does not have authorization to perform action 'Microsoft.DataProtection/backupVaults/write' over scope '/subscriptions/s'.";
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Put,
        "backupVaults",
        403,
        "AuthorizationFailed",
        message,
    );
    one("[role=alertdialog] .button-danger").click();
    settle().await;
    assert_eq!(rig.sent(Method::Put), puts + 1);
    see_text("The vault was not created");
    see_text("Microsoft.DataProtection/backupVaults/write");
    see_text("Open.");
}

#[wasm_bindgen_test]
async fn a_vault_gets_its_identity_and_says_so() {
    let rig = parts(|| {
        let name = RwSignal::new(String::new());
        let on_done = Callback::new(move |vault: BackupVault| {
            name.set(format!("Now {} has one.", vault.name));
            assert!(vault.principal_id.is_some());
        });
        let kind = "Microsoft.DataProtection/backupVaults";
        let vault =
            ResourceId::in_resource_group(DEVELOPMENT, "rg-platform-dev", kind, "bv-dev-neu").unwrap();
        view! { <TurnIdentityOn vault on_done /> <p>{name}</p> }.into_any()
    })
    .await;
    see_text("Vault 'bv-dev-neu' has no identity");
    click_button("Turn identity on").await;
    for _ in 0..6 {
        rig.pass(10_000).await;
    }
    see_text("The vault has an identity");
    see_text("Now bv-dev-neu has one.");
}

/// Every part at once.
fn all_parts() -> AnyView {
    let orders = || flexible(PRODUCTION, "rg-commerce-prod", "pg-orders-prod");
    let patient = Patient {
        vault: vault("bv-commerce-weu"),
        principal: COMMERCE.to_owned(),
        datasources: vec![orders()],
        key_vaults: Vec::new(),
        restores_to: None,
    };
    let doctor = use_doctor(patient, Callback::new(|()| ()));
    let nothing = Callback::new(|_: BackupVault| ());
    view! {
        <main id="main">
            <h1>"Protection"</h1>
            <h2>"Parts"</h2>
            <PermissionDoctor doctor />
            {policy_of("pgflex-long-term")}
            {validation_of(flexible(PRODUCTION, "rg-billing-prod", "pg-billing-prod"))}
            <TurnIdentityOn vault=vault("bv-new") on_done=nothing />
        </main>
    }
    .into_any()
}

#[wasm_bindgen_test]
async fn every_part_and_pane_is_accessible_in_both_themes() {
    let added = add_styles_and_axe().await;
    let root = document().document_element().unwrap();
    for (view, what) in [
        (all_parts as fn() -> AnyView, "main"),
        (editor, "dialog.pane"),
        (new_vault, "dialog.pane"),
    ] {
        let rig = parts(view).await;
        for theme in ["light", "dark"] {
            root.set_attribute("data-theme", theme).unwrap();
            assert_accessible(&one(what), &format!("{theme}, {what}")).await;
        }
        if what == "main" {
            click_button("Assign missing roles").await;
            settle().await;
            assert_accessible(&one(what), "assigned").await;
        }
        drop(rig);
    }
    root.remove_attribute("data-theme").unwrap();
    added.iter().for_each(web_sys::Element::remove);
}
