//! What stands in the way of a restore (003), mended on the way.

use e2e::portal::MIRA;
use e2e::{Name, Stage};
use serde_json::{Value, json};

const VAULTS: &str = "/vaults/11111111-1111-4111-8111-111111111111/rg-backup-prod/bv-commerce-weu";
const BILLING: &str = "pg-billing-prod-957d23b1-c679-4c94-ade6-c4d34635e101";

#[tokio::test(flavor = "multi_thread")]
async fn s003_an_account_that_permits_no_copies_and_a_missing_role_are_mended_on_the_way() {
    let mut stage = Stage::with_emulator_server().await;
    // Until then every point was taken, whenever this runs.
    let until = "?until=2099-12-31T00:00";
    stage
        .open_as(MIRA, &format!("{VAULTS}/instances/{BILLING}{until}"))
        .await;
    let page = stage.page().clone();
    page.see("table", "Recovery points, newest first").await;
    page.see_text("Latest until then").await;
    stage.works_in_every_view("instance-points-until").await;
    let beyond = "return document.documentElement.scrollHeight - innerHeight";
    assert_eq!(
        page.script(beyond, vec![]).await,
        json!(0),
        "only the main part scrolls, whatever is hidden in its rows"
    );

    // The latest until then comes first, and its own form has it chosen.
    page.click("link", Name::containing("Restore ")).await;
    page.see("button", "Change recovery point").await;
    page.see("combobox", "Storage account").await;
    page.tab_to("Storage account *").await;
    page.type_keys("stbillingkeyless").await;
    // The account has one container, which is the one that is meant.
    page.see_text("permits copies only from the scope AAD").await;
    page.see_text("needs 1 role before it can restore to").await;
    stage.works_in_every_view("restore-target").await;

    page.click("button", "Permit copies from any storage account")
        .await;
    let dialog = page.see("dialog", "Change storage account").await;
    stage.works_in_every_view("restore-target-change").await;
    dialog.click_inside("button", "Cancel").await;
    page.until_gone("dialog", "Change storage account").await;
    page.click("button", "Permit copies from any storage account")
        .await;
    let dialog = page.see("dialog", "Change storage account").await;
    dialog.click_inside("button", "Change").await;
    page.see_text("The storage account permits copies from any storage account")
        .await;

    page.click("button", "Assign missing roles").await;
    page.see_text("has what it needs").await;
    page.see_text("Nothing known stands in the way").await;
    page.until("the role should work", async || {
        let text = page.text().await;
        Ok((!text.contains("it is checked again in")).then_some(()))
    })
    .await;

    page.see_text("Not validated.").await;
    page.click("button", "Validate").await;
    page.see_text("Changing anything above makes the validation void.")
        .await;

    let requests = stage.requests().await;
    let patches = requests.iter().filter(|request| request.method == "PATCH");
    let bodies: Vec<Value> = patches
        .filter_map(|request| serde_json::from_str(request.body.as_deref()?).ok())
        .collect();
    assert_eq!(
        bodies,
        [json!({ "properties": { "allowedCopyScope": "All" } })],
        "asked for once"
    );
    let assigned = requests.iter().filter(|request| {
        let is_assignment = request.url.contains("/roleAssignments/");
        request.method == "PUT" && is_assignment && request.url.contains("stbillingkeyless")
    });
    assert_eq!(assigned.count(), 1);
    stage.finish().await;
}
