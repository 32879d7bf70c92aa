//! How a command ends badly: in words, and as an exit status.

use std::{fmt, io};

use arm_client::ArmError;

use crate::environment::TOKEN_VARIABLE;

/// Why a command was not carried out.
#[derive(Debug)]
pub enum Failure {
    /// The arguments cannot be used.
    Usage(String),
    /// No server has this name, or more than one.
    Server {
        /// The name.
        name: String,
        /// How many have it.
        count: usize,
    },
    /// The client got no result.
    Arm(ArmError),
    /// It is not known whether there will be a backup.
    Unknown(Option<ArmError>),
    /// The result could not be written.
    Output(io::Error),
}

impl Failure {
    /// The exit status, as `arm --help` lists them.
    pub fn exit_status(&self) -> u8 {
        match self {
            Self::Server { .. } | Self::Output(_) => 1,
            Self::Usage(_) => 2,
            Self::Arm(error) => match error.cause() {
                ArmError::Service(_) | ArmError::OperationFailed(_) => 1,
                ArmError::SignInNeeded(_) => 3,
                ArmError::Transport(_) | ArmError::Unreadable(_) | ArmError::Exhausted(_) => 4,
            },
            Self::Unknown(_) => 5,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(words) => formatter.write_str(words),
            Self::Server { name, count: 0 } => write!(formatter, "no server is called {name}"),
            Self::Server { name, count } => {
                write!(
                    formatter,
                    "{count} servers are called {name}: use the resource id of one"
                )
            }
            Self::Arm(error @ ArmError::SignInNeeded(_)) => {
                write!(formatter, "{error}: {TOKEN_VARIABLE} must hold an access token")
            }
            Self::Arm(error) => with_request_id(formatter, error),
            Self::Unknown(error) => {
                if let Some(error) = error {
                    with_request_id(formatter, error)?;
                    formatter.write_str("\n")?;
                }
                formatter.write_str(
                    "it is not known how the backup ends; `arm backup list` shows it once it is there",
                )
            }
            Self::Output(error) => write!(formatter, "the result could not be written: {error}"),
        }
    }
}

fn with_request_id(formatter: &mut fmt::Formatter<'_>, error: &ArmError) -> fmt::Result {
    write!(formatter, "{error}")?;
    match error.request_id() {
        Some(id) => write!(formatter, " (request {id})"),
        None => Ok(()),
    }
}

impl From<ArmError> for Failure {
    fn from(error: ArmError) -> Self {
        Self::Arm(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
