//! The validation before something is protected: it passes or fails only where Azure says so.

use std::cell::RefCell;

use arm_client::ArmError;
use arm_core::{Clock as _, Method};

use super::{
    Fault, Section,
    reads::{check_words, words},
    rows,
};
use crate::{
    hooks::{
        Validation,
        use_validation::{Said, follow},
    },
    problem::Problem,
    stores::operations::{
        drive_rig::{Rig, block_on},
        protection_tests::{new_database, vault},
    },
};

const REQUESTS: &[(&str, Method, &str)] = &[
    (
        "Validate protection: the request",
        Method::Post,
        "/validateForBackup",
    ),
    (
        "Validate protection: asking how far it is",
        Method::Get,
        "/operationStatus/",
    ),
];

/// What each fault does to each of its requests.
pub fn sections() -> Vec<Section> {
    let section = |(title, method, path): &(&str, Method, &str)| Section {
        title: format!("{title}: `{method} …{path}…`"),
        rows: rows(|fault, times| meet(*method, path, fault, times)),
    };
    REQUESTS.iter().map(section).collect()
}

fn meet(method: Method, path: &str, fault: &Fault, times: u32) -> String {
    let rig = Rig::new();
    let context = format!("{} {times} times at {path}", fault.name);
    fault.meet(&rig, method, path, times);
    let (last, problem) = (RefCell::new(None), RefCell::new(None::<ArmError>));
    let tell = |said: Said| {
        match said {
            Said::Running(_) => {
                problem.take();
            }
            Said::NotAnswered(error) => {
                problem.replace(Some(error));
            }
            Said::Ended(ended) => {
                last.replace(Some(ended));
            }
            Said::Unknown(error) => {
                last.replace(Some(Validation::Unknown));
                problem.replace(error);
            }
        }
        true
    };
    let service = rig.client.data_protection();
    let (_, new) = new_database();
    let now = || rig.clock.now();
    let begun = block_on(service.begin_validate(&vault("bv-commerce-weu"), &new));
    block_on(follow(begun, &now, &tell));
    let asked = rig.sent(Method::Post, "/validateForBackup");
    let repeated = match asked {
        1 => String::new(),
        asked => format!(" ({asked} requests)"),
    };
    let why = |error: &ArmError| {
        let problem = Problem::in_full(error);
        check_words(&problem, fault, &context);
        words(&problem, asked)
    };
    match last.into_inner() {
        Some(Validation::Passed) => format!("passed{repeated}"),
        Some(Validation::Failed(error)) => {
            assert!(
                matches!(error.cause(), ArmError::Service(_)) && method == Method::Post,
                "{context}: the world has nothing against it"
            );
            format!("refused: {}", why(&error))
        }
        Some(Validation::Unknown) => match problem.into_inner() {
            Some(error) => format!("outcome not known, may be asked for again: {}", why(&error)),
            None => format!("outcome not known, may be asked for again{repeated}"),
        },
        other => panic!("{context}: {other:?}"),
    }
}
