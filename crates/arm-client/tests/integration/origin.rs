//! The token goes to Azure Resource Manager and nowhere else (auth #83), whichever header or field names a URL.

use arm_client::{ArmClient, FinalStateVia, Poller, Progress};
use arm_core::{Method, Response};
use serde_json::Value;

use crate::{
    operations::operation,
    support::{ORIGIN, Rig, block_on, json},
};

const ELSEWHERE: [&str; 17] = [
    "https://management.azure.com@evil.example/x",
    "https:\\\\evil.example/x",
    "//evil.example/x",
    "\thttps://evil.example/x",
    " https://management.azure.com/x",
    "https://management.azure.com%2eevil.example/x",
    "https://user:pw@management.azure.com/x",
    "https://management.\u{200b}azure.com/x",
    "https://management\u{ff0e}azure\u{ff0e}com/x",
    "https://management.azure.com./x",
    "https://management.azure.com:8443/x",
    "http://management.azure.com/x",
    "https://evil.example/https://management.azure.com/",
    "https://management.azure.com.evil.example/x",
    "https://management.azure.com",
    "javascript:alert(1)",
    "x",
];

async fn begin(client: &ArmClient) -> Poller<Value> {
    client
        .begin(&operation(Method::Post, FinalStateVia::Location))
        .await
        .expect("a begun operation")
}

fn check_nothing_left_for_elsewhere(rig: &Rig, url: &str) {
    let sent = rig.script.sent();
    assert!(
        sent.iter().all(|line| line.contains(&format!(" {ORIGIN}/"))),
        "{url}: {sent:?}"
    );
    assert_eq!(rig.script.unused(), 0, "{url}: {sent:?}");
}

#[test]
fn t01_a_hostile_url_of_the_first_answer_is_never_asked() {
    for url in ELSEWHERE {
        for header in ["Azure-AsyncOperation", "Operation-Location", "Location"] {
            let rig = Rig::new([Response::new(202).with_header(header, url)]);
            let mut poller = block_on(begin(&rig.client));
            for _ in 0..3 {
                assert_eq!(block_on(poller.next()), Ok(Progress::Unknown), "{header}: {url}");
            }
            assert!(poller.continuation_token().is_none(), "{header}: {url}");
            check_nothing_left_for_elsewhere(&rig, url);
        }
    }
}

#[test]
fn t01_a_hostile_url_of_a_later_answer_changes_nothing() {
    for url in ELSEWHERE {
        let running = json(200, r#"{"status":"InProgress"}"#)
            .with_header("Azure-AsyncOperation", url)
            .with_header("Location", url);
        let succeeded = json(
            200,
            &serde_json::json!({ "status": "Succeeded", "resourceLocation": url }).to_string(),
        );
        let rig = Rig::new([
            Response::new(202)
                .with_header("Azure-AsyncOperation", "/op/1")
                .with_header("Location", "/made/1"),
            running,
            succeeded,
            json(200, r#"{"made":true}"#),
        ]);
        let made = block_on(async {
            let mut poller = begin(&rig.client).await;
            while poller.next().await? != Progress::Finished {}
            poller.result().await
        });
        assert_eq!(made, Ok(serde_json::json!({ "made": true })), "{url}");
        check_nothing_left_for_elsewhere(&rig, url);
        assert_eq!(
            rig.script.sent()[1..],
            [
                format!("GET {ORIGIN}/op/1"),
                format!("GET {ORIGIN}/op/1"),
                format!("GET {ORIGIN}/made/1")
            ],
            "{url}"
        );
    }
}
