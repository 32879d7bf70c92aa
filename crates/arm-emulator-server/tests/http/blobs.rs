//! Blobs over a real socket: what is put is what is read, byte for byte.

use arm_emulator_server::Options;
use reqwest::Method;
use serde_json::json;

use crate::rig::{Rig, header, json as json_of};

const ACCOUNT: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.Storage/storageAccounts/stcommercebackup";

#[tokio::test]
async fn a_blob_is_put_listed_and_read_byte_for_byte() {
    let rig = Rig::start(Options::default()).await;
    let bytes = b"PGDMP\x01\x00\xff\r\n\x80".to_vec();
    let put = |place: &str| {
        let path = format!("/_emulator/blobs/{place}");
        rig.request(Method::PUT, &path).body(bytes.clone()).send()
    };
    let nowhere = put("stcommercebackup/nowhere/x").await.expect("an answer");
    assert_eq!(nowhere.status(), 404);
    let there = put("stcommercebackup/restored-files/p%20q_database_a%26b.sql")
        .await
        .expect("an answer");
    assert_eq!(there.status(), 204);

    let asked = json!({
        "canonicalizedResource": "/blob/stcommercebackup/restored-files",
        "signedPermission": "rl",
        "signedExpiry": "2099-01-01T00:00:00Z",
    });
    let path = format!("{ACCOUNT}/listServiceSas?api-version=2025-06-01");
    let sas = rig
        .request(Method::POST, &path)
        .body(asked.to_string())
        .send()
        .await
        .expect("an answer");
    let sas = json_of(sas).await["serviceSasToken"]
        .as_str()
        .expect("a SAS")
        .to_owned();
    let container = "/_blob/stcommercebackup/restored-files";
    let list = format!("{container}?restype=container&comp=list&prefix=p%20q&{sas}");
    let listed = rig.request(Method::GET, &list).send().await.expect("an answer");
    assert_eq!(header(&listed, "content-type"), "application/xml");
    let text = listed.text().await.expect("a body");
    assert!(text.contains("<Name>p q_database_a&amp;b.sql</Name>"), "{text}");
    let read = rig.request(
        Method::GET,
        &format!("{container}/p%20q_database_a%26b.sql?{sas}"),
    );
    let read = read.send().await.expect("an answer");
    assert_eq!(header(&read, "content-length"), "11");
    assert_eq!(
        header(&read, "access-control-allow-origin"),
        "",
        "no page may read it"
    );
    assert_eq!(read.bytes().await.expect("a body"), bytes);
}
