use arm_core::Method;

use super::*;
use crate::testing::{ORDERS, Rig, VERSION, body};

fn begin(rig: &mut Rig) -> Response {
    rig.send(Method::Put, &format!("{ORDERS}/backups/b"), VERSION)
}

fn url(begun: &Response) -> &str {
    begun.headers.get("Azure-AsyncOperation").unwrap_or_default()
}

#[test]
fn a_time_factor_divides_the_length() {
    for (factor, seconds) in [(0.0, 140), (f64::NAN, 140), (10.0, 14), (1e300, 0)] {
        let mut rig = Rig::new();
        rig.world.switches().operation_time_factor = factor;
        let begun = begin(&mut rig);
        rig.wait(seconds);
        assert_eq!(body(&rig.follow(url(&begun)))["status"], "Succeeded", "{factor}");
    }
}

#[test]
fn retry_after_is_what_the_switch_says() {
    let mut rig = Rig::new();
    rig.world.switches().retry_after = Some(3);
    let begun = begin(&mut rig);
    assert_eq!(begun.headers.get("retry-after"), Some("3"));
    assert_eq!(rig.follow(url(&begun)).headers.get("retry-after"), Some("3"));
}

#[test]
fn retry_after_can_be_left_out() {
    let mut rig = Rig::new();
    rig.world.switches().omits_retry_after = true;
    let begun = begin(&mut rig);
    assert_eq!(begun.headers.get("retry-after"), None);
    assert_eq!(rig.follow(url(&begun)).headers.get("retry-after"), None);
}

#[test]
fn a_cancelled_operation_is_spelled_both_ways_and_brings_nothing() {
    for (has_two_ls, expected) in [(false, "Canceled"), (true, "Cancelled")] {
        let mut rig = Rig::new();
        rig.world.switches().canceled_has_two_ls = has_two_ls;
        rig.world.faults().inject(crate::Fault {
            matching: crate::RequestMatcher::default(),
            kind: FaultKind::CancelOperation,
            times: 1,
        });
        let begun = begin(&mut rig);
        assert_eq!(body(&rig.follow(url(&begun)))["status"], "InProgress");
        rig.wait(150);
        let ended = body(&rig.follow(url(&begun)));
        assert_eq!(ended["status"], expected, "{ended}");
        assert_eq!(ended.get("error"), None, "{ended}");
        assert_eq!(rig.get(&format!("{ORDERS}/backups/b")).status, 404);
    }
}

#[test]
fn what_was_due_is_applied_in_its_order_however_late() {
    let mut rig = Rig::new();
    let begun = begin(&mut rig);
    rig.wait(150);
    let deleted = rig.send(Method::Delete, &format!("{ORDERS}/backups/b"), VERSION);
    assert_eq!(deleted.status, 202, "{}", deleted.body);
    rig.wait(3600);
    assert_eq!(rig.get(&format!("{ORDERS}/backups/b")).status, 404);
    assert_eq!(body(&rig.follow(url(&begun)))["status"], "Succeeded");
}

#[test]
fn what_has_been_applied_is_not_applied_again() {
    let mut rig = Rig::new();
    begin(&mut rig);
    rig.wait(150);
    let path = format!("{ORDERS}/backups/b");
    assert_eq!(rig.get(&path).status, 200);
    rig.world.documents.remove(&path.to_ascii_lowercase());
    assert_eq!(rig.get(&path).status, 404);
}

#[test]
fn an_operation_is_forgotten_after_a_month() {
    let mut rig = Rig::new();
    let begun = begin(&mut rig);
    rig.wait(30 * 24 * 3600);
    assert_eq!(rig.follow(url(&begun)).status, 200);
    rig.wait(150);
    assert_eq!(rig.follow(url(&begun)).status, 404);
}
