//! The harness itself: a test that could not fail would prove nothing.

use std::path::Path;

use e2e::Stage;

#[tokio::test(flavor = "multi_thread")]
async fn a_fault_of_each_kind_is_found() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/faulty");
    let mut stage = Stage::with_files(&folder).await;
    stage.announce_console_error("status of 503");
    stage.open("/").await;
    let faults = stage.faults().await;
    for expected in [
        "axe button-name: <button></button>",
        "a signed query: https://arm.test/operations/1, in document.documentElement.outerHTML",
        "violates the following Content Security Policy directive",
        "an error in the console",
        "announced, but not in the console: status of 503",
        "a token: eyJhbGci, in JSON.stringify(localStorage)",
        "a shared access signature: sig=, in the console",
        "a secret in a file to keep",
        "a secret in the clipboard",
        "a shared access signature: sig=, in JSON.stringify(history.state)",
        "a shared access signature: sig=, in [...document.querySelectorAll('input, textarea')]",
    ] {
        assert!(
            faults.iter().any(|fault| fault.contains(expected)),
            "{expected} is not among {faults:#?}"
        );
    }
    let files = faults.iter().filter(|fault| fault.contains("a file to keep"));
    assert_eq!(files.count(), 1, "what is redacted is no secret: {faults:#?}");
    assert!(
        !stage.page().has("heading", "Servers").await,
        "this is not the app"
    );
}
