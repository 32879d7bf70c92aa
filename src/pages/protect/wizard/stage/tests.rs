use arm_client::{ArmError, ServiceError};

use super::*;

fn error() -> Box<ArmError> {
    Box::new(ArmError::Service(Box::new(ServiceError {
        status: 400,
        code: "UserErrorDppDatasourceAlreadyProtected".to_owned(),
        ..ServiceError::default()
    })))
}

fn ready() -> Facts {
    Facts {
        is_ready: true,
        ..Facts::default()
    }
}

fn running() -> OperationState {
    OperationState::Running {
        status: "Inprogress".to_owned(),
        percent: None,
    }
}

#[test]
fn what_was_begun_last_decides() {
    let validated = |validation| Facts {
        validation,
        ..ready()
    };
    let begun = |operation| Facts {
        operation: Some(operation),
        ..validated(Validation::Passed)
    };
    for (facts, expected) in [
        (Facts::default(), Stage::NotReady),
        (
            Facts {
                is_to_mend: true,
                ..Facts::default()
            },
            Stage::ToMend,
        ),
        // What is found meanwhile does not take back what Azure said.
        (
            Facts {
                is_to_mend: true,
                ..validated(Validation::Passed)
            },
            Stage::Valid,
        ),
        (ready(), Stage::NotValidated),
        (
            Facts {
                is_waiting: true,
                ..validated(Validation::Failed(error()))
            },
            Stage::Waiting,
        ),
        (validated(Validation::Running), Stage::Validating),
        (validated(Validation::Passed), Stage::Valid),
        (validated(Validation::Failed(error())), Stage::NotValid(error())),
        (validated(Validation::Unknown), Stage::NotKnown),
        (
            Facts {
                is_sending: true,
                operation: Some(OperationState::Failed(Failure::default())),
                ..ready()
            },
            Stage::Sending,
        ),
        (
            Facts {
                refusal: Some(error()),
                operation: Some(OperationState::Failed(Failure::default())),
                ..ready()
            },
            Stage::Refused(error()),
        ),
        (begun(OperationState::Sent), Stage::Sending),
        (begun(running()), Stage::Configuring("Inprogress".to_owned())),
        (begun(OperationState::Completed), Stage::Protected),
        (
            begun(OperationState::Failed(Failure::default())),
            Stage::Failed(Box::default()),
        ),
        (begun(OperationState::Unknown), Stage::OutcomeNotKnown),
    ] {
        assert_eq!(stage(facts.clone()), expected, "{facts:?}");
    }
}

#[test]
fn a_click_sends_only_what_azure_has_found_valid_or_what_failed() {
    let failed = || Stage::Failed(Box::default());
    for (stage, can_be_configured, can_be_retried, is_begun) in [
        (Stage::NotReady, false, false, false),
        (Stage::ToMend, false, false, false),
        (Stage::NotValidated, false, false, false),
        (Stage::Waiting, false, false, false),
        (Stage::Validating, false, false, false),
        (Stage::NotValid(error()), false, false, false),
        (Stage::Valid, true, false, false),
        (Stage::NotKnown, true, false, false),
        (Stage::Sending, false, false, true),
        (Stage::Refused(error()), true, true, true),
        (Stage::Configuring(String::new()), false, false, true),
        (Stage::Protected, false, false, true),
        (failed(), true, true, true),
        (Stage::OutcomeNotKnown, false, false, true),
    ] {
        let told = (
            stage.can_be_configured(),
            stage.can_be_retried(),
            stage.is_begun(),
        );
        assert_eq!(told, (can_be_configured, can_be_retried, is_begun), "{stage:?}");
    }
}

#[test]
fn the_reason_names_what_comes_first() {
    let configuring = || Stage::Configuring(String::new());
    for (stages, part) in [
        (vec![Stage::Valid, Stage::NotReady], Some("being read")),
        (vec![Stage::NotReady, Stage::ToMend], Some("Mend first")),
        (vec![Stage::Valid, Stage::Validating], Some("validating")),
        (vec![Stage::Waiting, Stage::NotValid(error())], Some("validating")),
        (vec![Stage::Valid, Stage::NotValidated], Some("Validate first")),
        (
            vec![Stage::Valid, Stage::NotValid(error()), Stage::Valid],
            Some("Not valid: 1 of 3."),
        ),
        (vec![Stage::Valid, Stage::NotKnown], None),
        (
            vec![Stage::Protected, Stage::Failed(Box::default()), configuring()],
            None,
        ),
        (
            vec![Stage::Protected, configuring()],
            Some("The tab may be closed"),
        ),
        (vec![Stage::OutcomeNotKnown, Stage::Protected], Some("bell")),
        (
            vec![Stage::Protected, Stage::Protected],
            Some("All are protected."),
        ),
    ] {
        let told = reason(&stages);
        let fits = match (&told, part) {
            (Some(told), Some(part)) => told.contains(part),
            (told, part) => told.is_none() && part.is_none(),
        };
        assert!(fits, "{stages:?}: {told:?}");
    }
}
