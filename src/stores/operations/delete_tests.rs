//! Deleting backups: what is said is what Azure did.

use arm_core::Method;
use arm_emulator::FaultKind;

use super::{
    Act, Operation,
    drive_rig::{Rig, status},
};

const NAME: &str = "before-schema-v42";

fn deleting() -> Act {
    Act::DeleteBackup {
        name: NAME.to_owned(),
    }
}

#[test]
fn a_deletion_is_followed_to_its_end_with_one_request() {
    let rig = Rig::new();
    assert_eq!(
        rig.delete(NAME, None).events,
        ["accepted", "running", "completed"]
    );
    assert_eq!(rig.truth(NAME, Method::Delete), (false, 1));
}

#[test]
fn a_name_that_no_backup_has_was_already_gone() {
    let rig = Rig::new();
    assert_eq!(rig.delete("never-taken", None).events, ["already gone"]);
    assert_eq!(rig.truth("never-taken", Method::Delete), (false, 1));
}

#[test]
fn only_204_and_404_say_that_it_was_already_gone() {
    let carried_out = |status| FaultKind::CarriedOutBut {
        status,
        code: String::new(),
        message: String::new(),
    };
    for (status, code, expected) in [
        (200, "", "completed"),
        (404, "ResourceNotFound", "already gone"),
        (404, "ResourceGroupNotFound", "refused"),
    ] {
        let rig = Rig::new();
        let kind = match status {
            200 => carried_out(200),
            _ => FaultKind::Status {
                status,
                code: code.to_owned(),
                message: String::new(),
                retry_after: None,
            },
        };
        rig.inject(Method::Delete, "/backups/", kind, 1);
        assert_eq!(rig.delete(NAME, None).events, [expected], "{status} {code}");
    }
}

#[test]
fn an_automatic_backup_is_refused_and_stays() {
    let rig = Rig::new();
    let name = rig.automatic();
    assert_eq!(rig.delete(&name, None).events, ["refused"]);
    assert_eq!(rig.truth(&name, Method::Delete), (true, 1));
}

#[test]
fn whatever_becomes_of_the_answers_the_end_is_the_worlds() {
    let delete = |kind, times| (Method::Delete, "/backups/", kind, times);
    let poll = |kind, times| (Method::Get, "/azureAsyncOperation/", kind, times);
    let ordinary = ["accepted", "running", "completed"].as_slice();
    for (fault, expected, is_there, sent) in [
        // Deleting twice is deleting once, so it is sent again, and followed as if nothing had happened.
        (delete(FaultKind::NoAnswer, 1), ordinary, false, 2),
        (delete(FaultKind::WithoutCors, 1), ordinary, false, 2),
        (delete(status(500, None), 1), ordinary, false, 2),
        (delete(status(429, Some(5)), 1), ordinary, false, 2),
        (delete(status(503, Some(5)), 1), ordinary, false, 2),
        // Every answer is lost: the list says so once it is gone.
        (
            delete(FaultKind::NoAnswer, 9),
            ["unknown", "completed"].as_slice(),
            false,
            4,
        ),
        // No request arrives, which nobody can know: it is never said to have failed or succeeded.
        (delete(status(500, None), 9), ["unknown"].as_slice(), true, 4),
        // Nothing has begun.
        (delete(status(403, None), 1), ["refused"].as_slice(), true, 1),
        (delete(status(409, None), 1), ["refused"].as_slice(), true, 1),
        // A look that gives nothing is not the operation's failure.
        (
            poll(status(503, None), 9),
            ["accepted", "not answered", "completed"].as_slice(),
            false,
            1,
        ),
        (
            delete(
                FaultKind::FailOperation {
                    code: "Boom".to_owned(),
                    message: "Boom.".to_owned(),
                },
                1,
            ),
            ["accepted", "running", "failed"].as_slice(),
            true,
            1,
        ),
    ] {
        let rig = Rig::new();
        let (method, path, kind, times) = fault;
        let words = format!("{method} {kind:?}, {times} times");
        rig.inject(method, path, kind, times);
        assert_eq!(rig.delete(NAME, None).events, expected, "{words}");
        rig.world.borrow_mut().faults().clear();
        assert_eq!(rig.truth(NAME, Method::Delete), (is_there, sent), "{words}");
    }
}

#[test]
fn hidden_headers_are_no_success_and_no_failure() {
    let rig = Rig::new();
    rig.world.borrow_mut().switches().hide_headers = true;
    assert_eq!(
        rig.delete(NAME, None).events,
        ["accepted", "unknown", "completed"]
    );
    assert_eq!(rig.truth(NAME, Method::Delete), (false, 1));
}

#[test]
fn a_tab_that_closes_is_gone_on_with_by_the_next_and_nothing_is_deleted_twice() {
    for closes_at in ["accepted", "running"] {
        let rig = Rig::new();
        let said = rig.delete(NAME, Some(closes_at));
        assert_eq!(said.events.last(), Some(&closes_at));
        assert_eq!(
            rig.resume(said.entry).events,
            ["running", "completed"],
            "closed at {closes_at}"
        );
        assert_eq!(
            rig.truth(NAME, Method::Delete),
            (false, 1),
            "closed at {closes_at}"
        );
    }
}

#[test]
fn without_a_token_the_list_is_looked_at_until_it_is_gone() {
    let rig = Rig::new();
    let entry = Operation {
        token: None,
        ..rig.delete(NAME, Some("accepted")).entry
    };
    assert_eq!(rig.resume(entry).events, ["unknown", "completed"]);
    assert_eq!(rig.truth(NAME, Method::Delete), (false, 1));
}

#[test]
fn a_deletion_that_never_left_stays_open_and_is_not_made_up_for() {
    let rig = Rig::new();
    assert_eq!(rig.resume(rig.entry(deleting())).events, ["unknown"]);
    assert_eq!(rig.truth(NAME, Method::Delete), (true, 0));
}
