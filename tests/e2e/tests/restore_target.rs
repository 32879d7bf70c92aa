//! What stands in the way of a restore (003), mended on the way.

use e2e::portal::MIRA;
use e2e::{Name, SentRequest, Stage};
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

const STORAGE: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.Storage/storageAccounts/stcommercebackup";

/// The form with the account and the container that take restored files.
fn form() -> String {
    format!("{VAULTS}/instances/{BILLING}/restore?account={STORAGE}&container=restored-files")
}

fn of_blobs(requests: Vec<SentRequest>) -> Vec<SentRequest> {
    let is_it = |request: &SentRequest| request.url.contains("/_blob/");
    requests.into_iter().filter(is_it).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn t01_a_prefix_that_is_taken_is_told_before_azure_is_asked() {
    let mut stage = Stage::with_listed_blobs(&["stcommercebackup"]).await;
    let taken = "2026-03-01T12:00:00Z".parse().expect("a time");
    let is_put = stage.with_world(|world| {
        ["drill-1_database_billing.sql", "drill-1_roles.sql"]
            .map(|name| world.put_blob("stcommercebackup", "restored-files", name, b"x", taken))
    });
    assert_eq!(is_put, [true; 2]);
    stage.open_as(MIRA, &form()).await;
    let page = stage.page().clone();
    // As long as no page may read the list, nobody asks for it: the browser would write the address into its console.
    page.see_text("The storage account has no CORS rule that lets")
        .await;
    page.see_text("Look by hand").await;
    stage.works_in_every_view("restore-prefix-unknown").await;
    assert_eq!(of_blobs(stage.requests().await), []);

    stage.let_pages_read_blobs(STORAGE).await;
    page.click("button", "Check the target again").await;
    page.see_text("No blob in the container begins with").await;
    let field = page.see("textbox", Name::containing("File prefix")).await;
    field.fill_in("drill-1").await;
    page.see_text("Blobs in the container begin with drill-1 already")
        .await;
    page.see_text("2 blobs: drill-1_database_billing.sql and drill-1_roles.sql")
        .await;
    stage.works_in_every_view("restore-prefix-taken").await;
    page.click("button", "Choose another file prefix").await;
    let field = page.see("textbox", Name::containing("File prefix")).await;
    field.fill_in("drill-2").await;
    page.see_text("No blob in the container begins with drill-2")
        .await;

    let requests = stage.requests().await;
    let mut posts = requests.iter().map(|request| request.url.as_str());
    assert!(
        !posts.any(|url| url.contains("/validateRestore")),
        "nobody validated"
    );
    let listed = of_blobs(requests);
    assert!(listed.len() >= 3, "{}", listed.len());
    for request in listed {
        assert_eq!((request.method.as_str(), &request.bearer), ("GET", &None));
    }
    stage.finish().await;
}
