//! Azure Resource Manager over HTTP.

use arm_emulator::HeaderCase;
use arm_emulator_server::Options;
use reqwest::Method;

use crate::rig::{Rig, SERVER, SUBSCRIPTIONS, header, json};

#[tokio::test]
async fn a_backup_is_taken_and_listed() {
    let rig = Rig::start(Options {
        time_factor: 1_000_000.0,
        ..Options::default()
    })
    .await;
    let accepted = rig.put_backup("before-v42").await;
    assert_eq!(accepted.status(), 202, "{accepted:?}");
    let operation = header(&accepted, "Azure-AsyncOperation");
    assert!(operation.starts_with(&rig.server.url()), "{operation}");

    let mut status = String::new();
    for _ in 0..1000 {
        let polled = json(rig.ask(Method::GET, &operation).send().await.expect("an answer")).await;
        status = polled["status"].as_str().unwrap_or_default().to_owned();
        if status != "InProgress" {
            break;
        }
    }
    assert_eq!(status, "Succeeded");

    let list = format!("{SERVER}/backups?api-version=2025-08-01");
    let list = json(rig.request(Method::GET, &list).send().await.expect("an answer")).await;
    let names: Vec<_> = list["value"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|backup| backup["name"].as_str())
        .collect();
    assert!(names.contains(&"before-v42"), "{names:?}");
}

#[tokio::test]
async fn operations_take_their_time_unless_divided() {
    let rig = Rig::start(Options {
        retry_after: Some(3),
        ..Options::default()
    })
    .await;
    let accepted = rig.put_backup("before-v42").await;
    assert_eq!(header(&accepted, "Retry-After"), "3", "{accepted:?}");
    let operation = header(&accepted, "Azure-AsyncOperation");
    let polled = json(rig.ask(Method::GET, &operation).send().await.expect("an answer")).await;
    assert_eq!(polled["status"], "InProgress", "{polled}");
}

#[tokio::test]
async fn the_polling_url_names_the_host_that_the_client_named() {
    let rig = Rig::start(Options::default()).await;
    let origin = rig.server.url().replace("127.0.0.1", "localhost");
    let url = format!("{origin}{SERVER}/backups/before-v42?api-version=2025-08-01");
    let accepted = rig.ask(Method::PUT, &url).body("{}");
    let accepted = accepted.header("Content-Type", "application/json").send().await;
    let operation = header(&accepted.expect("an answer"), "Azure-AsyncOperation");
    assert!(operation.starts_with(&origin), "{operation}");
}

#[tokio::test]
async fn a_browser_may_send_its_headers() {
    let rig = Rig::start(Options::default()).await;
    let preflight = rig
        .request(Method::OPTIONS, &format!("{SERVER}/backups/before-v42"))
        .header("Origin", "http://127.0.0.1:5000")
        .header("Access-Control-Request-Method", "PUT")
        .header("Access-Control-Request-Headers", "authorization,content-type")
        .send()
        .await
        .expect("an answer");
    assert!(preflight.status().is_success(), "{preflight:?}");
    assert_eq!(header(&preflight, "Access-Control-Allow-Origin"), "*");
    assert_eq!(
        header(&preflight, "Access-Control-Allow-Headers"),
        "authorization,content-type"
    );
    assert!(header(&preflight, "Access-Control-Allow-Methods").contains("PUT"));
}

#[tokio::test]
async fn a_browser_may_read_the_headers_unless_they_are_hidden() {
    let rig = Rig::start(Options::default()).await;
    let exposed =
        |response: &reqwest::Response| header(response, "Access-Control-Expose-Headers").to_ascii_lowercase();
    let accepted = rig.put_backup("before-v42").await;
    let names = exposed(&accepted);
    for name in ["azure-asyncoperation", "location", "retry-after"] {
        assert!(names.split(',').any(|exposed| exposed == name), "{name}: {names}");
    }
    rig.server
        .with_world(|world| world.switches().hide_headers = true);
    let subscriptions = rig.request(Method::GET, SUBSCRIPTIONS).send().await;
    let subscriptions = subscriptions.expect("an answer");
    assert_eq!(exposed(&subscriptions), "");
    assert_eq!(header(&subscriptions, "Access-Control-Allow-Origin"), "*");
}

#[tokio::test]
async fn a_world_of_the_callers_is_served() {
    let reference = Rig::start(Options::default()).await;
    let mut world = reference.server.with_world(|world| world.clone());
    world.switches().strict_tokens = true;
    let server = arm_emulator_server::EmulatorServer::start_with(world, Options::default()).await;
    let url = format!("{}{SUBSCRIPTIONS}", server.as_ref().expect("a free port").url());
    let refused = reference.ask(Method::GET, &url).send().await.expect("an answer");
    assert_eq!(refused.status(), 401, "{refused:?}");
}

/// The first lines of an answer as they come over the wire, which HTTP libraries do not show.
fn head_on_the_wire(address: &str) -> String {
    use std::io::{Read as _, Write as _};

    let mut stream = std::net::TcpStream::connect(address).expect("a connection");
    let request =
        format!("GET {SUBSCRIPTIONS} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer any\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let (head, _) = answer.split_once("\r\n\r\n").expect("a head");
    head.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_switch_capitalises_the_names_of_header_fields() {
    let rig = Rig::start(Options::default()).await;
    let address = rig.server.url().replace("http://", "");
    for (case, expected) in [
        (HeaderCase::AsDocumented, "\r\nx-ms-request-id: "),
        (HeaderCase::Lower, "\r\nx-ms-request-id: "),
        (HeaderCase::Title, "\r\nX-Ms-Request-Id: "),
    ] {
        rig.server.with_world(|world| world.switches().header_case = case);
        let address = address.clone();
        let head = tokio::task::spawn_blocking(move || head_on_the_wire(&address)).await;
        let head = head.expect("no panic");
        assert!(head.contains(expected), "{case:?}: {head}");
    }
}
