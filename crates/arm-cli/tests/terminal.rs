//! The program against the emulator, as it is used in a terminal.

use std::process::{Output, Stdio};

use arm_emulator::{Fault, FaultKind, RequestMatcher};
use arm_emulator_server::{EmulatorServer, Options};
use tokio::process::Command;

const ORDERS: &str = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod\
    /providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-orders-prod";

const PROGRAM: &str = env!("CARGO_BIN_EXE_arm");

struct Rig(EmulatorServer);

impl Rig {
    async fn start() -> Self {
        let options = Options {
            time_factor: 1_000_000.0,
            retry_after: Some(0),
            ..Options::default()
        };
        Self(EmulatorServer::start(options).await.expect("a free port"))
    }

    /// The next request meets this fault.
    fn fail_next(&self, kind: FaultKind) {
        self.0.with_world(|world| {
            world.faults().inject(Fault {
                matching: RequestMatcher::default(),
                kind,
                times: 1,
            });
        });
    }

    async fn arm(&self, arguments: &str, token: &str) -> Output {
        Command::new(PROGRAM)
            .args(["--arm", &self.0.url()])
            .args(arguments.split_whitespace())
            .env("ARM_TOKEN", token)
            .stdin(Stdio::null())
            .output()
            .await
            .expect("the program starts")
    }

    /// What the command shows when it ends well.
    async fn shown(&self, arguments: &str) -> String {
        let output = self.arm(arguments, "any").await;
        assert_eq!(output.status.code(), Some(0), "arm {arguments}: {output:?}");
        String::from_utf8(output.stdout).expect("text")
    }

    async fn check_failure(&self, arguments: &str, token: &str, status: i32, words: &str) {
        let output = self.arm(arguments, token).await;
        assert_eq!(output.status.code(), Some(status), "arm {arguments}: {output:?}");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains(words), "arm {arguments}: {told}");
        assert!(output.stdout.is_empty(), "arm {arguments}: {output:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn servers_are_listed() {
    let shown = Rig::start().await.shown("servers list").await;
    let orders = shown.lines().find(|line| line.starts_with("pg-orders-prod "));
    let orders: Vec<_> = orders.unwrap_or_default().split_whitespace().collect();
    assert_eq!(
        orders,
        [
            "pg-orders-prod",
            "rg-commerce-prod",
            "11111111-1111-4111-8111-111111111111",
            "westeurope",
            "Ready",
            "16"
        ],
        "{shown}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_taken_followed_and_listed() {
    let rig = Rig::start().await;
    let taken = rig.shown("backup create pg-orders-prod before-v42").await;
    assert!(taken.contains("before-v42  Customer On-Demand  2"), "{taken}");
    let listed = rig.shown("backup list pg-orders-prod").await;
    assert!(listed.contains("before-v42 "), "{listed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_bad_end_has_its_exit_status() {
    let rig = Rig::start().await;
    let missing = ORDERS.replace("pg-orders-prod", "pg-none");
    rig.check_failure("backup list pg-none", "any", 1, "no server is called pg-none")
        .await;
    rig.check_failure(&format!("backup list {missing}"), "any", 1, "NotFound")
        .await;
    rig.check_failure(
        "backup create pg-orders-prod before-schema-v42",
        "any",
        1,
        "before-schema-v42",
    )
    .await;
    rig.check_failure("backup list", "any", 2, "usage: ").await;
    rig.check_failure("backup list /subscriptions", "any", 2, "not a resource id")
        .await;
    rig.check_failure("servers list", "", 3, "ARM_TOKEN").await;

    rig.fail_next(FaultKind::Garbage);
    rig.check_failure("servers list", "any", 4, "cannot be read")
        .await;
    rig.fail_next(FaultKind::FailOperation {
        code: "InsufficientCapacity".to_owned(),
        message: "No capacity in westeurope.".to_owned(),
    });
    rig.check_failure(
        &format!("backup create {ORDERS} a"),
        "any",
        1,
        "No capacity in westeurope.",
    )
    .await;
    rig.fail_next(FaultKind::NoAnswer);
    rig.check_failure(
        &format!("backup create {ORDERS} b"),
        "any",
        5,
        "`arm backup list` shows it",
    )
    .await;
}
