//! How far a datasource is on its way under the vault; pure.

use arm_client::ArmError;

use crate::{
    hooks::Validation,
    stores::operations::{Failure, OperationState},
};

/// How far it is, from *not validated* to *protected*.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// What is known of it is still being read.
    NotReady,
    /// What is known of it has to be mended first.
    ToMend,
    /// Azure has not been asked whether it can be protected.
    NotValidated,
    /// Others are validated first.
    Waiting,
    /// Azure looks into it.
    Validating,
    /// It cannot be protected; the error tells why.
    NotValid(Box<ArmError>),
    /// It can be protected.
    Valid,
    /// Nobody can say whether it can be protected.
    NotKnown,
    /// The request to protect it is on its way.
    Sending,
    /// Azure did not take the request; nothing has begun.
    Refused(Box<ArmError>),
    /// Azure sets its protection up; its own word for the state.
    Configuring(String),
    /// It is protected.
    Protected,
    /// Its protection could not be set up.
    Failed(Box<Failure>),
    /// Nobody can say whether it is protected.
    OutcomeNotKnown,
}

/// What is known of one datasource.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// Whether all is known that Azure is to be told.
    pub is_ready: bool,
    /// Whether something has to be mended, or read again, before all is known.
    pub is_to_mend: bool,
    /// Whether its validation has been asked for and has yet to begin.
    pub is_waiting: bool,
    /// What Azure said, of just what is chosen now.
    pub validation: Validation,
    /// Whether the request to protect it has left and nothing is known of it.
    pub is_sending: bool,
    /// Why Azure did not take the request.
    pub refusal: Option<Box<ArmError>>,
    /// How far the operation is that protects it.
    pub operation: Option<OperationState>,
}

/// The stage: what was begun last decides.
pub fn stage(facts: Facts) -> Stage {
    if facts.is_sending {
        return Stage::Sending;
    }
    if let Some(refusal) = facts.refusal {
        return Stage::Refused(refusal);
    }
    match facts.operation {
        Some(OperationState::Sent) => return Stage::Sending,
        Some(OperationState::Running { status, .. }) => return Stage::Configuring(status),
        Some(OperationState::Completed) => return Stage::Protected,
        Some(OperationState::Failed(failure)) => return Stage::Failed(Box::new(failure)),
        Some(OperationState::Unknown) => return Stage::OutcomeNotKnown,
        None => {}
    }
    match facts.validation {
        _ if facts.is_waiting => Stage::Waiting,
        Validation::Running => Stage::Validating,
        Validation::Passed => Stage::Valid,
        Validation::Failed(error) => Stage::NotValid(error),
        Validation::Unknown => Stage::NotKnown,
        Validation::Idle if facts.is_ready => Stage::NotValidated,
        Validation::Idle if facts.is_to_mend => Stage::ToMend,
        Validation::Idle => Stage::NotReady,
    }
}

impl Stage {
    /// Whether a click on *Configure backup* sends a request for it, be it once more.
    pub fn can_be_configured(&self) -> bool {
        matches!(
            self,
            Self::Valid | Self::NotKnown | Self::Refused(_) | Self::Failed(_)
        )
    }

    /// Whether a request has been sent for it at all.
    pub fn is_begun(&self) -> bool {
        matches!(
            self,
            Self::Sending
                | Self::Refused(_)
                | Self::Configuring(_)
                | Self::Protected
                | Self::Failed(_)
                | Self::OutcomeNotKnown
        )
    }

    /// Whether Azure is working on it, or is about to.
    pub fn is_under_way(&self) -> bool {
        matches!(
            self,
            Self::Waiting | Self::Validating | Self::Sending | Self::Configuring(_)
        )
    }

    /// Whether its request failed and can be sent again.
    pub fn can_be_retried(&self) -> bool {
        matches!(self, Self::Refused(_) | Self::Failed(_))
    }

    /// Whether it can be validated, or validated again.
    pub fn can_be_validated(&self) -> bool {
        matches!(
            self,
            Self::NotValidated | Self::NotValid(_) | Self::Valid | Self::NotKnown
        )
    }
}

/// Why *Configure backup* is off: a sentence.
pub fn reason(stages: &[Stage]) -> Option<String> {
    let count = |wanted: fn(&Stage) -> bool| stages.iter().filter(|stage| wanted(stage)).count();
    let all = stages.len();
    if count(|stage| *stage == Stage::ToMend) > 0 {
        return Some("Mend first what Datasources shows, or remove it there.".to_owned());
    }
    if count(|stage| *stage == Stage::NotReady) > 0 {
        return Some("What is known of the list is still being read.".to_owned());
    }
    if count(|stage| matches!(stage, Stage::Waiting | Stage::Validating)) > 0 {
        return Some("Azure is validating. Nothing has been changed yet.".to_owned());
    }
    if count(|stage| *stage == Stage::NotValidated) > 0 {
        return Some("Validate first: Azure says then whether it can be protected.".to_owned());
    }
    let not_valid = count(|stage| matches!(stage, Stage::NotValid(_)));
    if not_valid > 0 {
        return Some(format!(
            "Not valid: {not_valid} of {all}. Mend it and validate again, or remove it under Datasources."
        ));
    }
    if count(Stage::can_be_configured) == 0 {
        let is_done = count(|stage| *stage == Stage::Protected) == all;
        return Some(if is_done {
            "All are protected.".to_owned()
        } else {
            "Azure is configuring. The tab may be closed: the bell tells how it ends.".to_owned()
        });
    }
    None
}

#[cfg(test)]
mod tests;
