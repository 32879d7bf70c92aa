//! Whether files with the prefix are there already, as the storage account lists them, by what a user sees.

use arm_client::storage::BlobItem;
use arm_core::{Method, Request};
use arm_emulator::World;
use pg_backup_portal::{
    config::Config,
    prelude::*,
    services::{Services, provide_services, use_services},
    transport::blobs::{NotListed, read},
};
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::backups_page::{BackupsRig, own_origin, refuse, settle};
use crate::protection_parts::vault;
use crate::support::{click_button, page, see_no_text, see_text, spoken_text};
use crate::target_rig::{OPEN, account, bar, findings_of_prefix};

const ENDPOINT: &str = "http://127.0.0.1:8090/_blob/stcommercebackup";

/// Lets pages of this origin read what the account answers.
fn let_pages_read(world: &mut World) {
    let rule = json!({
        "allowedOrigins": [own_origin()], "allowedMethods": ["GET"], "allowedHeaders": [], "exposedHeaders": [],
        "maxAgeInSeconds": 300,
    });
    let body = json!({ "properties": { "cors": { "corsRules": [rule] } } });
    let url = format!(
        "https://arm.emulator.invalid{}/blobServices/default?api-version=2025-06-01",
        account(OPEN)
    );
    let request = Request::new(Method::Put, url)
        .with_header("Authorization", "Bearer emulated")
        .with_body(body.to_string());
    let now = "2026-03-12T09:41:00Z".parse().unwrap();
    assert_eq!(world.handle(&request, now).response.status, 200);
}

fn put(world: &mut World, name: &str) {
    let at = "2026-03-12T09:00:00Z".parse().unwrap();
    assert!(world.put_blob("stcommercebackup", "restored-files", name, b"x", at));
}

/// The findings in an installation that names the account.
async fn rig(prefix: RwSignal<String>, prepare: impl FnOnce(&mut World)) -> BackupsRig {
    let view = move || {
        let known = use_services();
        let config = Config {
            storage: vec![ENDPOINT.to_owned()],
            ..known.config.clone()
        };
        provide_services(Services {
            arm: known.arm.clone(),
            clock: known.clock.clone(),
            page_clock: known.page_clock.clone(),
            config,
        });
        findings_of_prefix(vault("bv-commerce-weu"), OPEN, prefix.into())
    };
    let rig = BackupsRig::with_view(prepare, view).await;
    settle().await;
    rig
}

#[wasm_bindgen_test]
async fn a_prefix_that_is_free_is_said_and_one_that_is_taken_blocks() {
    let prefix = RwSignal::new("drill".to_owned());
    let rig = rig(prefix, |world| {
        let_pages_read(world);
        for name in ["orders_database_a&b.sql", "orders_roles.sql"] {
            put(world, name);
        }
    })
    .await;
    see_text("No blob in the container begins with drill.");
    see_text("Verdict: Clear.");
    prefix.set("orders_".to_owned());
    settle().await;
    let finding = spoken_text(&bar("Blobs in the container begin with orders_ already"));
    for words in [
        "2 blobs: orders_database_a&b.sql and orders_roles.sql; the newest was written on 12 Mar 2026, 09:00",
        "Nothing is overwritten: the restore fails.",
    ] {
        assert!(finding.replace('\u{a0}', " ").contains(words), "{finding}");
    }
    see_text("Verdict: Blocks.");
    click_button("Choose another file prefix").await;
    see_text("Choose: Some(Prefix).");
    prefix.set("orders-2".to_owned());
    settle().await;
    see_text("No blob in the container begins with orders-2.");
    see_text("Verdict: Clear.");

    let asked = rig.bodies_to(Method::Post, "/listServiceSas");
    assert_eq!(asked.len(), 1, "one SAS is enough for a while");
    assert_eq!(asked[0]["signedPermission"], "l");
    assert_eq!(asked[0]["signedProtocol"], "https");
    assert_eq!(asked[0]["signedExpiry"], "2026-03-12T09:51:00Z");
    assert_eq!(rig.sent_to(Method::Get, "/_blob/").len(), 3);
    // Before its end comes near, another one is asked for.
    rig.pass(9 * 60_000 + 1).await;
    click_button("Check the target again").await;
    settle().await;
    assert_eq!(rig.bodies_to(Method::Post, "/listServiceSas").len(), 2);
    see_text("No blob in the container begins with orders-2.");
}

#[wasm_bindgen_test]
async fn t01_a_storage_account_is_asked_without_a_token_and_its_sas_is_not_shown() {
    let prefix = RwSignal::new("drill".to_owned());
    let rig = rig(prefix, let_pages_read).await;
    see_text("No blob in the container begins with drill.");
    let asked = rig.last_to(Method::Get, "/_blob/").unwrap();
    assert_eq!(asked.headers.get("Authorization"), None);
    assert!(
        asked.url.starts_with(&format!(
            "{ENDPOINT}/restored-files?restype=container&comp=list&prefix=drill&maxresults="
        )),
        "{}",
        asked.url.split("&sv=").next().unwrap()
    );
    assert!(asked.url.contains("&sig="), "it has a SAS");
    let html = document().document_element().unwrap().outer_html();
    assert!(!html.contains("sig="), "{html}");
}

#[wasm_bindgen_test]
async fn what_no_page_may_list_is_said_with_the_command() {
    let prefix = RwSignal::new("drill".to_owned());
    let rig = rig(prefix, |_| ()).await;
    let finding = spoken_text(&bar(
        "Whether blobs begin with drill already could not be checked",
    ));
    let why = format!(
        "The storage account has no CORS rule that lets {} read (GET) its blobs.",
        own_origin()
    );
    assert!(finding.contains(&why), "{finding}");
    assert_eq!(
        rig.sent_to(Method::Post, "/listServiceSas").len(),
        0,
        "nobody needs a SAS"
    );
    assert_eq!(
        rig.sent_to(Method::Get, "/_blob/").len(),
        0,
        "the browser would write it down"
    );
    see_text("--prefix drill");
    see_text("Verdict: Clear.");
    see_no_text("No blob in the container");
    let_pages_read(&mut rig.world.borrow_mut());
    click_button("Check the target again").await;
    settle().await;
    see_text("No blob in the container begins with drill.");
    see_no_text("could not be checked");
}

#[wasm_bindgen_test]
async fn who_gets_no_sas_is_told_why() {
    let prefix = RwSignal::new("drill".to_owned());
    let rig = rig(prefix, |world| {
        let_pages_read(world);
        refuse(
            world,
            Method::Post,
            "/listServiceSas",
            403,
            "AuthorizationFailed",
            "No.",
        );
    })
    .await;
    let finding = spoken_text(&bar(
        "Whether blobs begin with drill already could not be checked",
    ));
    assert!(finding.contains("asks for a SAS. No."), "{finding}");
    assert_eq!(rig.sent_to(Method::Get, "/_blob/").len(), 0, "{}", page());
    see_text("--prefix drill");
}

#[wasm_bindgen_test]
async fn what_the_storage_account_refuses_is_told_by_its_code() {
    let prefix = RwSignal::new("drill".to_owned());
    let _rig = rig(prefix, |world| {
        let_pages_read(world);
        refuse(world, Method::Get, "/_blob/", 503, "ServerBusy", "Later.");
    })
    .await;
    let finding = spoken_text(&bar(
        "Whether blobs begin with drill already could not be checked",
    ));
    assert!(finding.contains("Azure Storage answered 503."), "{finding}");
}

#[wasm_bindgen_test]
fn a_list_is_read_however_it_is_written() {
    let found = read(
        200,
        "\u{feff}<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<EnumerationResults ServiceEndpoint=\"https://sta.blob.core.windows.net/\" ContainerName=\"c\">
         <Prefix>p</Prefix><MaxResults>2</MaxResults><Blobs>
         <Blob><Name>p_a &amp; &lt;b&gt; &#39;&#xFC;&quot; &amp;lt;.sql</Name><Properties><Last-Modified>Sun, 01 Mar 2026 12:00:00 GMT</Last-Modified><Content-Length>17</Content-Length></Properties></Blob>
         <Blob><Name Encoded=\"true\">p_a%0Ab%25</Name><Properties /></Blob><BlobPrefix><Name>x/</Name></BlobPrefix>
         </Blobs><NextMarker>bWFya2Vy</NextMarker></EnumerationResults>",
    )
    .unwrap();
    assert_eq!(found.next.as_deref(), Some("bWFya2Vy"));
    let expected = [
        BlobItem::new(
            "p_a & <b> 'ü\" &lt;.sql",
            false,
            Some("Sun, 01 Mar 2026 12:00:00 GMT"),
        ),
        BlobItem::new("p_a\nb%", false, None),
    ];
    assert_eq!(found.blobs, expected);
    for (xml, next) in [
        (
            "<EnumerationResults><Blobs /><NextMarker /></EnumerationResults>",
            None,
        ),
        (
            "<EnumerationResults><NextMarker>x</NextMarker></EnumerationResults>",
            Some("x"),
        ),
    ] {
        let found = read(200, xml).unwrap();
        assert_eq!((found.blobs.len(), found.next.as_deref()), (0, next), "{xml}");
    }
}

#[wasm_bindgen_test]
fn what_is_no_list_is_told_apart() {
    let refused = |code: &str| Err(NotListed::Refused(403, code.to_owned()));
    for (status, text, expected) in [
        (200, "", Err(NotListed::Unreadable)),
        (200, "{}", Err(NotListed::Unreadable)),
        (
            200,
            "<EnumerationResults><Blobs><Blob><Name>a</Name></Blob>",
            Err(NotListed::Unreadable),
        ),
        (200, "<Error><Code>X</Code></Error>", Err(NotListed::Unreadable)),
        (
            403,
            "\u{feff}<?xml version=\"1.0\"?><Error><Code>AuthorizationFailure</Code><Message>M</Message></Error>",
            refused("AuthorizationFailure"),
        ),
        (403, "Forbidden", refused("")),
    ] {
        assert_eq!(read(status, text), expected, "{text}");
    }
}
