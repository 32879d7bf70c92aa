//! The program in a terminal.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};

use crate::rig::SUBSCRIPTIONS;

const PROGRAM: &str = env!("CARGO_BIN_EXE_arm-emulator-server");

/// A program that ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[tokio::test]
async fn the_first_line_says_where_it_listens_and_the_log_has_no_query() {
    let child = Command::new(PROGRAM)
        .args(["--port", "0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut running = Running(child.expect("the program starts"));
    let mut line = String::new();
    let out = running.0.stdout.take().expect("its output");
    BufReader::new(out).read_line(&mut line).expect("a line");
    let url = line.trim_end().strip_prefix("listening on ").unwrap_or_default();
    assert!(url.starts_with("http://127.0.0.1:"), "{line}");

    let client = reqwest::Client::new();
    let asked = client
        .get(format!("{url}{SUBSCRIPTIONS}"))
        .header("Authorization", "Bearer any");
    assert_eq!(asked.send().await.expect("an answer").status(), 200);
    let log = running.0.stderr.take().expect("its log");
    let mut logged = String::new();
    BufReader::new(log).read_line(&mut logged).expect("a line");
    assert_eq!(logged, "GET /subscriptions 200\n");
}

#[test]
fn an_argument_that_cannot_be_used_ends_with_2_and_says_why() {
    let ended = Command::new(PROGRAM).args(["--prot", "1"]).output();
    let ended = ended.expect("the program starts");
    assert_eq!(ended.status.code(), Some(2), "{ended:?}");
    let words = String::from_utf8_lossy(&ended.stderr);
    assert!(words.starts_with("--prot is not an option\nusage: "), "{words}");
}
