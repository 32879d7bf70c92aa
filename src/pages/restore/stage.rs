//! How far the restore is, from what is lacking in the form to the job; pure.

use arm_client::ArmError;

use crate::{
    hooks::Validation,
    stores::operations::{Failure, OperationState},
    ui::status::StatusKind,
};

/// What a stage follows from.
#[derive(Debug, Clone)]
pub struct Facts {
    /// What is lacking in the form.
    pub lacks: Option<String>,
    /// What Azure says of what is asked for.
    pub validation: Validation,
    /// Whether the request is on its way.
    pub is_sending: bool,
    /// Why Azure did not take it.
    pub refusal: Option<Box<ArmError>>,
    /// How far the restore is that has begun.
    pub operation: Option<OperationState>,
    /// Whether the form asks for what Azure was asked about.
    pub is_as_validated: bool,
}

/// How far it is.
#[derive(Debug, Clone, PartialEq)]
pub enum Stage {
    /// Something is lacking in the form.
    Lacking(String),
    /// Azure has not been asked yet.
    NotValidated,
    /// Azure is being asked.
    Validating,
    /// Azure can do it.
    Valid,
    /// Azure cannot do it.
    NotValid(Box<ArmError>),
    /// Azure's answer was lost.
    NotKnown,
    /// The request is on its way.
    Sending,
    /// Azure did not take the request.
    Refused(Box<ArmError>),
    /// Azure has taken it; the job follows.
    Begun,
    /// It has come to nothing.
    Failed(Failure),
    /// Nobody knows whether it has begun.
    OutcomeNotKnown,
}

/// The stage.
pub fn stage(facts: Facts) -> Stage {
    if facts.is_sending {
        return Stage::Sending;
    }
    match facts.operation {
        Some(OperationState::Sent) => return Stage::Sending,
        Some(OperationState::Running { .. } | OperationState::Completed) => return Stage::Begun,
        Some(OperationState::Unknown) => return Stage::OutcomeNotKnown,
        Some(OperationState::Failed(failure)) if facts.is_as_validated => return Stage::Failed(failure),
        Some(OperationState::Failed(_)) | None => {}
    }
    if let Some(lacks) = facts.lacks {
        return Stage::Lacking(lacks);
    }
    if let Some(refusal) = facts.refusal.filter(|_| facts.is_as_validated) {
        return Stage::Refused(refusal);
    }
    match facts.validation {
        // What Azure said of something else allows nothing.
        Validation::Passed | Validation::Unknown if !facts.is_as_validated => Stage::NotValidated,
        Validation::Idle => Stage::NotValidated,
        Validation::Running => Stage::Validating,
        Validation::Passed => Stage::Valid,
        Validation::Failed(error) => Stage::NotValid(error),
        Validation::Unknown => Stage::NotKnown,
    }
}

impl Stage {
    /// Whether Azure can be asked.
    pub fn can_be_validated(&self) -> bool {
        !matches!(
            self,
            Self::Lacking(_) | Self::Validating | Self::Sending | Self::Begun
        )
    }

    /// Whether Azure has been asked already.
    pub fn is_asked_again(&self) -> bool {
        self.can_be_validated() && *self != Self::NotValidated
    }

    /// Why it cannot be restored now; nothing where it can.
    pub fn reason_not_to(&self) -> Option<String> {
        let reason = match self {
            Self::Lacking(lacks) => lacks.as_str(),
            Self::NotValidated => "Validate first.",
            Self::Validating => "Azure is being asked whether it can be restored so.",
            Self::NotValid(_) => "Mend what Azure says, then validate again.",
            Self::Sending => "The request is on its way.",
            Self::Begun => "The restore has begun.",
            Self::OutcomeNotKnown => "Look at the jobs of the vault first, then validate again.",
            Self::Valid | Self::NotKnown | Self::Refused(_) | Self::Failed(_) => return None,
        };
        Some(reason.to_owned())
    }

    /// Whether a change of the form does not touch it any more.
    pub fn is_begun(&self) -> bool {
        matches!(self, Self::Sending | Self::Begun | Self::OutcomeNotKnown)
    }

    /// How it is said beside the buttons: icon, title, and what is behind it.
    pub fn words(&self) -> (StatusKind, &'static str, &str) {
        match self {
            Self::Lacking(lacks) => (StatusKind::Neutral, "", lacks),
            Self::NotValidated => (
                StatusKind::Neutral,
                "Not validated.",
                "Validate asks Azure and changes nothing.",
            ),
            Self::Validating => (
                StatusKind::Running,
                "Validating.",
                "Azure looks into it; nothing is changed.",
            ),
            Self::Valid => (
                StatusKind::Ok,
                "Validated.",
                "Changing anything above makes the validation void.",
            ),
            Self::NotValid(_) => (
                StatusKind::Error,
                "Not valid.",
                "Mend what Azure says, then validate again.",
            ),
            Self::NotKnown => (
                StatusKind::Warning,
                "Validation not known.",
                "Azure\u{2019}s answer was lost; ask again.",
            ),
            Self::Sending => (StatusKind::Running, "Sending.", "The request is on its way."),
            Self::Refused(_) => (
                StatusKind::Error,
                "Not restored.",
                "Azure did not take the request; nothing has begun.",
            ),
            Self::Begun => (
                StatusKind::Running,
                "Restore initiated.",
                "Its job follows; you may close this tab.",
            ),
            Self::Failed(_) => (
                StatusKind::Error,
                "Restore failed.",
                "Azure\u{2019}s reason stands above.",
            ),
            Self::OutcomeNotKnown => (
                StatusKind::Warning,
                "Outcome not known.",
                "Look at the jobs of the vault.",
            ),
        }
    }

    /// What is said aloud once it is reached.
    pub fn spoken(&self) -> Option<&'static str> {
        match self {
            Self::Valid => Some("Validated. Restore is available."),
            Self::NotValid(_) => Some("Not valid: 1 error."),
            Self::NotKnown => Some("Validation not known. Validate again."),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
