//! The validation before something is protected or restored: it passes or fails only where Azure says so.

use std::cell::RefCell;

use arm_client::{ArmError, Poller, data_protection::Done};
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
        protection_tests::{BILLING, commerce, new_database, vault},
        restore_tests::files,
    },
};

/// Begins a validation of something that can be done.
type Begin = fn(&Rig) -> Result<Poller<Done>, ArmError>;

/// What is validated, the request that begins it, and the one that meets the weather.
const REQUESTS: &[(&str, Begin, &str, Method, &str)] = &[
    (
        "Validate protection: the request",
        protection,
        PROTECTION,
        Method::Post,
        PROTECTION,
    ),
    (
        "Validate protection: asking how far it is",
        protection,
        PROTECTION,
        Method::Get,
        STATE,
    ),
    (
        "Validate a restore: the request",
        restore,
        RESTORE,
        Method::Post,
        RESTORE,
    ),
    (
        "Validate a restore: asking how far it is",
        restore,
        RESTORE,
        Method::Get,
        STATE,
    ),
];

const PROTECTION: &str = "/validateForBackup";
const RESTORE: &str = "/validateRestore";
const STATE: &str = "/operationStatus/";

fn protection(rig: &Rig) -> Result<Poller<Done>, ArmError> {
    let (_, new) = new_database();
    let service = rig.client.data_protection();
    block_on(service.begin_validate(&vault("bv-commerce-weu"), &new))
}

fn restore(rig: &Rig) -> Result<Poller<Done>, ArmError> {
    let service = rig.client.data_protection();
    block_on(service.begin_validate_restore(&commerce(BILLING), &files(rig, "restored")))
}

/// What each fault does to each of its requests.
pub fn sections() -> Vec<Section> {
    let section = |(title, begin, trigger, method, path): &(&str, Begin, &str, Method, &str)| Section {
        title: format!("{title}: `{method} …{path}…`"),
        rows: rows(|fault, times| meet(*begin, trigger, (*method, path), fault, times)),
    };
    REQUESTS.iter().map(section).collect()
}

fn meet(begin: Begin, trigger: &str, (method, path): (Method, &str), fault: &Fault, times: u32) -> String {
    let rig = Rig::new();
    let context = format!("{} {times} times at {path} of {trigger}", fault.name);
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
    let now = || rig.clock.now();
    block_on(follow(begin(&rig), &now, &tell));
    let asked = rig.sent(Method::Post, trigger);
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
