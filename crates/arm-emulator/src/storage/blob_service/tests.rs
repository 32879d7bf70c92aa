use arm_core::{Headers, Request};
use insta::assert_snapshot;
use serde_json::json;

use super::*;
use crate::{
    Fault, RequestMatcher,
    storage::blobs::Blob,
    testing::{Rig, STORAGE, STORAGE_VERSION, noon, service_sas, url},
};

const READS: &str = r#""signedPermission":"rl","signedExpiry":"2026-03-02T12:00:00Z""#;

/// A container with three blobs, and the address of it with a SAS.
fn rig(extra: &str) -> (Rig, String) {
    let mut rig = Rig::new();
    for (name, bytes) in [
        ("a/b c.sql", &b"SELECT 1;"[..]),
        ("p_database_x & <y>.sql", b"PGDMP\x01\xff\x00"),
        ("p_roles.sql", b"r"),
    ] {
        assert!(
            rig.world
                .put_blob("stcommercebackup", "restored-files", name, bytes, noon())
        );
    }
    let sas = service_sas(&mut rig, "stcommercebackup", "restored-files", extra);
    (rig, sas)
}

fn send(rig: &mut Rig, method: Method, url: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Request::new(method, url);
    request.headers = Headers::from_iter(headers.iter().copied());
    rig.world.handle(&request, rig.now)
}

fn get(rig: &mut Rig, url: &str) -> Reply {
    send(rig, Method::Get, url, &[])
}

/// The address of a blob, or of the list, beside a SAS.
fn at(sas: &str, blob: &str, query: &str) -> String {
    let (container, token) = sas.split_once('?').expect("a SAS");
    format!("{container}{blob}?{query}{token}")
}

fn listed(sas: &str, query: &str) -> String {
    at(sas, "", &format!("restype=container&comp=list&{query}"))
}

fn names(reply: &Reply) -> Vec<String> {
    let pieces = reply.response.body.split("<Name>").skip(1);
    pieces
        .filter_map(|piece| Some(piece.split_once("</Name>")?.0.to_owned()))
        .collect()
}

#[test]
fn blobs_are_listed_as_xml_by_prefix_and_in_pages() {
    let (mut rig, sas) = rig(READS);
    let all = ["a/b c.sql", "p_database_x &amp; &lt;y&gt;.sql", "p_roles.sql"];
    assert_eq!(names(&get(&mut rig, &listed(&sas, ""))), all);
    assert_eq!(names(&get(&mut rig, &listed(&sas, "prefix=p_&"))), all[1..]);
    assert_eq!(
        names(&get(&mut rig, &listed(&sas, "prefix=none&"))),
        Vec::<String>::new()
    );
    let first = get(&mut rig, &listed(&sas, "maxresults=2&"));
    assert_eq!(names(&first), all[..2]);
    let marker = first
        .response
        .body
        .split("<NextMarker>")
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    let rest = listed(
        &sas,
        &format!(
            "maxresults=2&marker={}&",
            marker.expect("a marker").replace('=', "%3D").replace('+', "%2B")
        ),
    );
    assert_eq!(names(&get(&mut rig, &rest)), all[2..]);
    assert_snapshot!(get(&mut rig, &listed(&sas, "prefix=p_r&")).response.body.replace('\u{feff}', "BOM "), @r#"BOM <?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="https://stcommercebackup.blob.core.windows.net/" ContainerName="restored-files"><Prefix>p_r</Prefix><Blobs><Blob><Name>p_roles.sql</Name><Properties><Creation-Time>Sun, 01 Mar 2026 12:00:00 GMT</Creation-Time><Last-Modified>Sun, 01 Mar 2026 12:00:00 GMT</Last-Modified><Etag>0x8D64BF535AF1000</Etag><Content-Length>1</Content-Length><Content-Type>application/octet-stream</Content-Type><BlobType>BlockBlob</BlobType><AccessTier>Hot</AccessTier><LeaseStatus>unlocked</LeaseStatus><LeaseState>available</LeaseState><ServerEncrypted>true</ServerEncrypted></Properties></Blob></Blobs><NextMarker /></EnumerationResults>"#);
    for query in ["maxresults=0&", "maxresults=many&", "marker=%20&"] {
        assert_eq!(
            get(&mut rig, &listed(&sas, query)).response.status,
            400,
            "{query}"
        );
    }
}

#[test]
fn a_blob_is_read_whole_in_part_or_by_its_head_byte_for_byte() {
    let (mut rig, sas) = rig(READS);
    let dump = at(&sas, "/p_database_x%20%26%20%3Cy%3E.sql", "");
    let whole = get(&mut rig, &dump);
    assert_eq!(
        (whole.response.status, whole.bytes.as_deref()),
        (200, Some(&b"PGDMP\x01\xff\x00"[..]))
    );
    for (range, status, bytes) in [
        ("bytes=0-4", 206, Some(&b"PGDMP"[..])),
        ("bytes=5-", 206, Some(b"\x01\xff\x00")),
        ("bytes=0-99", 206, Some(b"PGDMP\x01\xff\x00")),
        ("bytes=9-", 416, None),
        ("bytes=-1", 416, None),
    ] {
        let part = send(&mut rig, Method::Get, &dump, &[("Range", range)]);
        assert_eq!(
            (part.response.status, part.bytes.as_deref()),
            (status, bytes),
            "{range}"
        );
    }
    let head = send(&mut rig, Method::Head, &dump, &[]);
    assert_eq!((head.response.body.as_str(), &head.bytes), ("", &None));
    assert_eq!(head.response.headers.get("Content-Length"), Some("8"));
    assert_eq!(
        get(&mut rig, &at(&sas, "/a/b%20c.sql", "")).response.body,
        "SELECT 1;"
    );
    // The same at the emulator's own host.
    let own = dump.replace(
        "https://stcommercebackup.blob.core.windows.net/",
        "https://arm.emulator.invalid/_blob/stcommercebackup/",
    );
    assert_eq!(get(&mut rig, &own).bytes, whole.bytes);
}

#[test]
fn who_comes_without_a_good_sas_is_refused_in_xml() {
    let (mut rig, sas) = rig(READS);
    let list = listed(&sas, "");
    let lists = service_sas(
        &mut rig,
        "stcommercebackup",
        "restored-files",
        &READS.replace("\"rl\"", "\"l\""),
    );
    let elsewhere = service_sas(&mut rig, "stcommercebackup", "nothing", READS);
    let closed = service_sas(&mut rig, "stinsightsarchive", "archive", READS);
    for (url, status, code) in [
        (
            list.split("&sv=").next().unwrap_or_default().to_owned(),
            401,
            "NoAuthenticationInformation",
        ),
        (list.replace("sp=rl", "sp=rwl"), 403, "AuthenticationFailed"),
        (
            at(&lists, "/p_roles.sql", ""),
            403,
            "AuthorizationPermissionMismatch",
        ),
        (at(&sas, "/p_nothing.sql", ""), 404, "BlobNotFound"),
        (listed(&elsewhere, ""), 404, "ContainerNotFound"),
        (listed(&closed, ""), 403, "AuthorizationFailure"),
        (
            list.replace("stcommercebackup", "stnowhere"),
            404,
            "ResourceNotFound",
        ),
    ] {
        let reply = get(&mut rig, &url);
        assert_eq!(
            reply.response.headers.get("x-ms-error-code"),
            Some(code),
            "{url}: {}",
            reply.response.body
        );
        assert_eq!(reply.response.status, status, "{url}");
        assert!(
            reply
                .response
                .body
                .contains(&format!("<Error><Code>{code}</Code>")),
            "{}",
            reply.response.body
        );
        assert!(!reply.response.body.contains("sig="), "{}", reply.response.body);
    }
    rig.wait(24 * 3600);
    assert_eq!(
        get(&mut rig, &list).response.headers.get("x-ms-error-code"),
        Some("AuthenticationFailed")
    );
}

#[test]
fn what_the_service_does_beyond_that_is_noted() {
    let (mut rig, sas) = rig(READS);
    for (method, url) in [
        (Method::Put, at(&sas, "/new.sql", "")),
        (Method::Get, at(&sas, "", "")),
        (Method::Get, listed(&sas, "delimiter=/&")),
        (Method::Get, at(&sas, "/p_roles.sql", "comp=metadata&")),
    ] {
        assert_eq!(send(&mut rig, method, &url, &[]).response.status, 501, "{url}");
    }
    assert!(
        rig.world
            .unknown_routes()
            .iter()
            .all(|route| !route.contains("sig=")),
        "{:?}",
        rig.world.unknown_routes()
    );
    assert_eq!(rig.world.unknown_routes().len(), 3, "once each");
}

#[test]
fn no_page_reads_anything_until_the_account_has_a_rule_for_it() {
    let (mut rig, sas) = rig(READS);
    let list = listed(&sas, "");
    let origin = ("Origin", "https://portal.example");
    let asked = ("Access-Control-Request-Method", "GET");
    let seen = |rig: &mut Rig, origin| send(rig, Method::Get, &list, &[origin]).as_seen_by_a_browser();
    assert_eq!(
        send(&mut rig, Method::Options, &list, &[origin, asked])
            .response
            .status,
        403
    );
    assert_eq!(
        seen(&mut rig, origin),
        None,
        "it is answered, and nobody may read it"
    );

    let service = format!("{STORAGE}/blobServices/default");
    let rules =
        |rule: serde_json::Value| json!({ "properties": { "cors": { "corsRules": [rule] } } }).to_string();
    let put = |rig: &mut Rig, text: String| {
        rig.request(Request::new(Method::Put, url(&service, STORAGE_VERSION)).with_body(text))
            .response
    };
    assert_eq!(
        put(&mut rig, rules(json!({ "allowedOrigins": ["*"] }))).status,
        400
    );
    let rule = json!({
        "allowedOrigins": ["https://portal.example"], "allowedMethods": ["GET", "HEAD", "OPTIONS"],
        "maxAgeInSeconds": 3600, "exposedHeaders": [], "allowedHeaders": [],
    });
    let answered = put(&mut rig, rules(rule));
    assert_eq!(answered.status, 200, "{}", answered.body);
    assert_eq!(rig.read(&service, STORAGE_VERSION).body, answered.body);
    assert_eq!(
        send(&mut rig, Method::Options, &list, &[origin, asked])
            .response
            .status,
        200
    );
    let answer = seen(&mut rig, origin).expect("an answer");
    assert!(
        answer.body.contains("<Name>p_roles.sql</Name>"),
        "{}",
        answer.body
    );
    assert_eq!(seen(&mut rig, ("Origin", "https://other.example")), None);
}

#[test]
fn a_restore_can_be_read_where_it_was_written_and_faults_are_met() {
    let (mut rig, sas) = rig(READS);
    rig.world.write_blob(
        &format!("{STORAGE}/blobServices/default/containers/restored-files").to_ascii_lowercase(),
        "p_database_orders.sql".to_owned(),
        Blob::sample_archive(noon()),
    );
    let url = at(&sas, "/p_database_orders.sql", "");
    let archive = get(&mut rig, &url).bytes.unwrap_or_default();
    assert!(archive.starts_with(b"PGDMP") && archive.len() > 1000);
    let matching = RequestMatcher {
        method: None,
        path_contains: "/restored-files/".to_owned(),
    };
    let kind = FaultKind::Status {
        status: 503,
        code: "ServerBusy".to_owned(),
        message: "Busy.".to_owned(),
        retry_after: None,
    };
    rig.world.faults().inject(Fault {
        matching,
        kind,
        times: 1,
    });
    assert_eq!(get(&mut rig, &url).response.status, 503);
    assert_eq!(get(&mut rig, &url).response.status, 200);
}
