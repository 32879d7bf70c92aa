//! The stages in their order, and what each allows.

use arm_client::ServiceError;

use super::*;

fn error() -> Box<ArmError> {
    let service = ServiceError {
        code: "UserErrorContainerNotAccessible".to_owned(),
        ..ServiceError::default()
    };
    Box::new(ArmError::Service(Box::new(service)))
}

fn facts() -> Facts {
    Facts {
        lacks: None,
        validation: Validation::Idle,
        is_sending: false,
        refusal: None,
        operation: None,
        is_as_validated: true,
    }
}

fn running() -> OperationState {
    OperationState::Running {
        status: "Inprogress".to_owned(),
        percent: None,
    }
}

fn failure() -> Failure {
    Failure {
        code: "UserErrorMaxConcurrentOperationLimitReached".to_owned(),
        message: "Another one runs.".to_owned(),
        request_id: None,
    }
}

#[test]
fn what_has_begun_comes_before_what_is_lacking_and_that_before_what_was_said() {
    let lacks = || Some("Choose a container.".to_owned());
    for (facts, expected) in [
        (facts(), Stage::NotValidated),
        (
            Facts {
                lacks: lacks(),
                validation: Validation::Passed,
                refusal: Some(error()),
                ..facts()
            },
            Stage::Lacking("Choose a container.".to_owned()),
        ),
        (
            Facts {
                validation: Validation::Running,
                ..facts()
            },
            Stage::Validating,
        ),
        (
            Facts {
                validation: Validation::Passed,
                ..facts()
            },
            Stage::Valid,
        ),
        (
            Facts {
                validation: Validation::Failed(error()),
                ..facts()
            },
            Stage::NotValid(error()),
        ),
        (
            Facts {
                validation: Validation::Unknown,
                ..facts()
            },
            Stage::NotKnown,
        ),
        (
            Facts {
                validation: Validation::Passed,
                refusal: Some(error()),
                ..facts()
            },
            Stage::Refused(error()),
        ),
        (
            Facts {
                is_sending: true,
                lacks: lacks(),
                ..facts()
            },
            Stage::Sending,
        ),
        (
            Facts {
                operation: Some(OperationState::Sent),
                ..facts()
            },
            Stage::Sending,
        ),
        (
            Facts {
                operation: Some(running()),
                lacks: lacks(),
                ..facts()
            },
            Stage::Begun,
        ),
        (
            Facts {
                operation: Some(OperationState::Completed),
                ..facts()
            },
            Stage::Begun,
        ),
        (
            Facts {
                operation: Some(OperationState::Failed(failure())),
                validation: Validation::Passed,
                ..facts()
            },
            Stage::Failed(failure()),
        ),
        (
            Facts {
                operation: Some(OperationState::Unknown),
                ..facts()
            },
            Stage::OutcomeNotKnown,
        ),
    ] {
        assert_eq!(stage(facts.clone()), expected, "{facts:?}");
    }
}

#[test]
fn what_was_changed_since_azure_was_asked_has_to_be_validated_first() {
    let changed = || Facts {
        is_as_validated: false,
        ..facts()
    };
    for (facts, expected) in [
        (
            Facts {
                validation: Validation::Passed,
                ..changed()
            },
            Stage::NotValidated,
        ),
        (
            Facts {
                validation: Validation::Unknown,
                ..changed()
            },
            Stage::NotValidated,
        ),
        (
            Facts {
                validation: Validation::Passed,
                refusal: Some(error()),
                ..changed()
            },
            Stage::NotValidated,
        ),
        (
            Facts {
                operation: Some(OperationState::Failed(failure())),
                ..changed()
            },
            Stage::NotValidated,
        ),
        (
            Facts {
                operation: Some(OperationState::Failed(failure())),
                lacks: Some("Choose a container.".to_owned()),
                ..changed()
            },
            Stage::Lacking("Choose a container.".to_owned()),
        ),
        (
            Facts {
                operation: Some(running()),
                ..changed()
            },
            Stage::Begun,
        ),
        (
            Facts {
                operation: Some(OperationState::Unknown),
                ..changed()
            },
            Stage::OutcomeNotKnown,
        ),
    ] {
        assert_eq!(stage(facts.clone()), expected, "{facts:?}");
    }
}

#[test]
fn a_restore_is_offered_only_where_azure_did_not_say_no_and_none_is_under_way() {
    for (stage, can_validate, can_restore) in [
        (Stage::Lacking("Choose a container.".to_owned()), false, false),
        (Stage::NotValidated, true, false),
        (Stage::Validating, false, false),
        (Stage::Valid, true, true),
        (Stage::NotValid(error()), true, false),
        (Stage::NotKnown, true, true),
        (Stage::Sending, false, false),
        (Stage::Refused(error()), true, true),
        (Stage::Begun, false, false),
        (Stage::Failed(failure()), true, true),
        (Stage::OutcomeNotKnown, true, false),
    ] {
        assert_eq!(stage.can_be_validated(), can_validate, "{stage:?}");
        assert_eq!(stage.reason_not_to().is_none(), can_restore, "{stage:?}");
    }
}

#[test]
fn the_end_of_a_validation_is_spoken_and_nothing_else() {
    let spoken = [Stage::Valid, Stage::NotValid(error()), Stage::NotKnown];
    assert!(spoken.iter().all(|stage| stage.spoken().is_some()));
    let silent = [Stage::Validating, Stage::Begun, Stage::Refused(error())];
    assert!(silent.iter().all(|stage| stage.spoken().is_none()));
}
