//! What is left to do after a restore as files, on the job's page, by what a user sees.

use arm_core::Method;
use pg_backup_portal::{
    prelude::*,
    restore_kit::{Item, RestoreKit, Shell, TargetServer},
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{delay, refuse, settle};
use crate::clipboard::FakeClipboard;
use crate::job::{CONTAINER, page_of_some_job, restore};
use crate::support::{
    all, by_role, choose, click_button, one, page, role, see_no_text, see_text, text, type_into, value_of,
};
use crate::vaults_rig::VaultsRig;

const PREFIX: &str = "pg-billing-prod-1";
const HOST: &str = "pg-orders-prod.postgres.database.azure.com";

/// What the page is to give for a restore into the server of this name.
fn kit(host: &str, user: &str) -> RestoreKit {
    RestoreKit {
        container: CONTAINER.to_owned(),
        prefix: PREFIX.to_owned(),
        databases: None,
        target: TargetServer {
            host: host.to_owned(),
            port: 5432,
            user: user.to_owned(),
        },
    }
}

fn forget_shell() {
    let storage = window().local_storage().unwrap().unwrap();
    storage.remove_item("pgbp.shell").unwrap();
}

/// The page of a restore, with the job as it is so many times 15 seconds after its beginning.
async fn page_after(looks: usize) -> VaultsRig {
    forget_shell();
    let (rig, show) = page_of_some_job(|_| ()).await;
    let job = restore(&rig, PREFIX).await;
    show.set(Some(job));
    settle().await;
    for _ in 0..looks {
        rig.pass(15).await;
    }
    rig
}

/// The buttons of the list of what there is to load.
fn items() -> Vec<String> {
    all(".after-item-name").iter().map(|name| text(name)).collect()
}

async fn pick(name: &str) {
    let item = all(".after-item")
        .into_iter()
        .find(|item| text(&item.query_selector(".after-item-name").unwrap().unwrap()) == name);
    item.unwrap_or_else(|| panic!("no {name} among {:?}", items()))
        .click();
    settle().await;
}

async fn into(server: &str) {
    let list = role("combobox", "Load into");
    if list.tag_name() == "SELECT" {
        choose(&list, server).await;
    } else {
        type_into(&list, server).await;
    }
    settle().await;
}

fn code() -> Vec<String> {
    all(".after-code pre code")
        .iter()
        .map(|code| code.text_content().unwrap())
        .collect()
}

#[wasm_bindgen_test]
async fn the_commands_are_those_of_the_kit_filled_in_with_the_chosen_server() {
    let _rig = page_after(60).await;
    role("heading", "After completion");
    see_no_text("Files are not there yet");
    assert_eq!(items()[..2], ["Whole script", "Roles"]);
    assert!(items().contains(&"billing".to_owned()), "{:?}", items());
    assert!(!items().contains(&"azure_sys".to_owned()), "{:?}", items());
    see_text("Not in the backup");
    see_text("azure_sys");
    see_text("The databases of pg-billing-prod as it is now.");
    see_text("Choose the server that gets the data, and who signs in to it");
    assert!(code().is_empty());

    into("pg-orders-prod").await;
    let steps = kit(HOST, "pgadmin").steps(Shell::Bash);
    let expected: Vec<_> = steps.iter().map(|step| step.code.clone()).collect();
    assert_eq!(code(), expected);
    for step in &steps {
        see_text(step.title);
    }
    see_text("Do not run …_schema.sql and …_tablespace.sql");

    pick("billing").await;
    let kit = kit(HOST, "pgadmin");
    let blob = format!("{PREFIX}_database_billing.sql");
    let item = Item::Database {
        name: "billing",
        blob: &blob,
    };
    assert_eq!(code(), [kit.commands(item, Shell::Bash), kit.list_command()]);
    role("tab", "PowerShell").click();
    settle().await;
    assert_eq!(code()[0], kit.commands(item, Shell::PowerShell));
    pick("Roles").await;
    let blob = format!("{PREFIX}_roles.sql");
    assert_eq!(
        code()[0],
        kit.commands(Item::Roles { blob: &blob }, Shell::PowerShell)
    );
    assert!(!page().contains("sig="));
}

#[wasm_bindgen_test]
async fn the_whole_script_is_copied_as_the_kit_writes_it_in_the_language_shown() {
    let _rig = page_after(60).await;
    into("pg-orders-prod").await;
    let clipboard = FakeClipboard::install(false);
    click_button("Copy bash script").await;
    settle().await;
    all("[role=tab]")
        .iter()
        .find(|tab| text(tab) == "PowerShell")
        .unwrap()
        .click();
    settle().await;
    // It says for a while that it has copied.
    assert!(!by_role("button", "Copied").is_empty());
    let scripts = Shell::ALL.map(|shell| kit(HOST, "pgadmin").script(shell));
    all(".after-acts .button")[1].click();
    settle().await;
    assert_eq!(clipboard.copied(), scripts);
    role("button", "Download PowerShell script");
}

#[wasm_bindgen_test]
async fn host_and_user_can_be_typed_and_wrong_ones_are_named_at_the_field() {
    let _rig = page_after(60).await;
    let (host, user) = (role("textbox", "Host"), role("textbox", "User"));
    type_into(&host, "https://pg-elsewhere").await;
    type_into(&user, "it's \"me\"").await;
    settle().await;
    see_text("This is no host name");
    assert!(code().is_empty());
    type_into(&host, "pg-elsewhere.example").await;
    settle().await;
    let steps = kit("pg-elsewhere.example", "it's \"me\"").steps(Shell::Bash);
    assert_eq!(code()[0], steps[0].code);
    into("pg-billing-prod").await;
    see_text("This is the server that was backed up: databases that are there are left alone.");
}

#[wasm_bindgen_test]
async fn nothing_of_a_server_stays_beside_the_name_of_another_one() {
    let rig = page_after(60).await;
    let value = |label: &str| value_of(&role("textbox", label));
    into("pg-orders-prod").await;
    assert_eq!(value("Host"), HOST);
    let billing = "/flexibleServers/pg-billing-prod";
    delay(&mut rig.world.borrow_mut(), Method::Get, billing);
    into("pg-billing-prod").await;
    assert_eq!((value("Host"), value("User")), (String::new(), String::new()));
    assert!(code().is_empty(), "{:?}", code());
    rig.pass(10).await;
    assert_eq!(value("Host"), "pg-billing-prod.postgres.database.azure.com");
    into("pg-orders-prod").await;
    // What is typed while the server is read is meant.
    into("pg-billing-prod").await;
    type_into(&role("textbox", "Host"), "pg-elsewhere.example").await;
    type_into(&role("textbox", "User"), "me").await;
    rig.pass(10).await;
    assert_eq!(
        (value("Host"), value("User")),
        ("pg-elsewhere.example".to_owned(), "me".to_owned())
    );
    rig.world.borrow_mut().faults().clear();
    into("pg-orders-prod").await;
    assert_eq!(value("Host"), HOST);
    refuse(
        &mut rig.world.borrow_mut(),
        Method::Get,
        billing,
        403,
        "AuthorizationFailed",
        "You may not read it.",
    );
    into("pg-billing-prod").await;
    see_text("The host of this server could not be read:");
    assert_eq!(value("Host"), "");
    assert!(code().is_empty(), "{:?}", code());
}

#[wasm_bindgen_test]
async fn a_database_that_is_missing_is_added_by_its_name() {
    let _rig = page_after(60).await;
    into("pg-orders-prod").await;
    let field = role("textbox", "Another database");
    type_into(&field, "billing").await;
    settle().await;
    see_text("It is in the list already.");
    let hostile = "it's; rm -rf $HOME";
    type_into(&field, hostile).await;
    settle().await;
    click_button("Add").await;
    settle().await;
    assert_eq!(items().last().unwrap(), hostile);
    let blob = format!("{PREFIX}_database_{hostile}.sql");
    let item = Item::Database {
        name: hostile,
        blob: &blob,
    };
    assert_eq!(code()[0], kit(HOST, "pgadmin").commands(item, Shell::Bash));
    assert_eq!(all(".after-item[aria-current]").len(), 1);
    assert_eq!(text(&one(".after-item[aria-current] .after-item-name")), hostile);
}

#[wasm_bindgen_test]
async fn while_the_restore_runs_the_commands_are_there_and_say_that_the_files_are_not() {
    let rig = page_after(2).await;
    see_text("Files are not there yet");
    into("pg-orders-prod").await;
    let before = code();
    assert_eq!(before.len(), 4);
    let typed = role("textbox", "User");
    for _ in 0..60 {
        rig.pass(15).await;
    }
    see_no_text("Files are not there yet");
    assert_eq!(code(), before);
    assert!(
        typed.is_connected(),
        "what was typed in stays while the job goes on"
    );
}

#[wasm_bindgen_test]
async fn what_cannot_be_read_is_said_with_what_to_do_instead() {
    forget_shell();
    let denied = "The client 'x' does not have authorization to perform action 'x' over scope 'x'.";
    let (rig, show) = page_of_some_job(|_| ()).await;
    let job = restore(&rig, PREFIX).await;
    for (method, path) in [
        (Method::Get, "/databases"),
        (Method::Post, "/providers/Microsoft.ResourceGraph"),
    ] {
        refuse(
            &mut rig.world.borrow_mut(),
            method,
            path,
            403,
            "AuthorizationFailed",
            denied,
        );
    }
    show.set(Some(job));
    settle().await;
    see_text("The databases of pg-billing-prod could not be read:");
    see_text("The servers could not be read:");
    assert_eq!(items(), ["Whole script", "Roles"]);
}

#[wasm_bindgen_test]
async fn a_restore_that_failed_leaves_nothing_to_load() {
    let (rig, show) = page_of_some_job(|world| {
        let kind = arm_emulator::FaultKind::EndJob {
            end: arm_emulator::JobEnd::Failed,
            code: "UserErrorX".to_owned(),
            message: "No.".to_owned(),
        };
        crate::backups_page::inject(world, Method::Post, "/restore", kind);
    })
    .await;
    let job = restore(&rig, PREFIX).await;
    show.set(Some(job));
    for _ in 0..60 {
        rig.pass(15).await;
    }
    see_text("The restore failed");
    see_no_text("After completion");
}
