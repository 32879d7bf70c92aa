//! The words of a restore.

use super::{Words, protection::told};
use crate::{
    stores::operations::{Act, Failure, Operation, RestoredTo},
    text,
};

impl Operation {
    pub(super) fn restore_begun(&self) -> Words {
        Words {
            title: "Restore initiated",
            body: format!("{}. You may close this tab.", self.what_and_where()),
        }
    }

    pub(super) fn restore_done(&self) -> Words {
        let (it, took) = (self.what_and_where(), self.took());
        match &self.warning {
            Some(warning) => Words {
                title: "Restore completed with warnings",
                body: format!("{it}{took}. {}", told(warning)),
            },
            None => Words {
                title: "Restore completed",
                body: format!("{it}{took}."),
            },
        }
    }

    pub(super) fn restore_failed(&self, failure: &Failure) -> Words {
        // An operation that is given up before its job begins is told by its word alone (reference B2).
        let is_given_up = matches!(failure.code.as_str(), "Canceled" | "Cancelled");
        let title = if self.is_cancelled || is_given_up {
            "Restore cancelled"
        } else {
            "Restore failed"
        };
        Words {
            title,
            body: format!("{}. {}", self.what_and_where(), told(failure)),
        }
    }

    pub(super) fn restore_unknown(&self) -> Words {
        let it = self.what_and_where();
        let body = if self.job.is_some() {
            format!(
                "{it}. Its job could not be read. It is looked at again; do not restore it again before that."
            )
        } else {
            format!(
                "{it}. Azure's answer was lost or says nothing. The vault is looked at until its job appears; do not \
                 restore it again before that. You may close this tab."
            )
        };
        Words {
            title: "Restore: outcome not known",
            body,
        }
    }

    /// `'pg-orders' in backup vault 'bv', recovery point of 10 Mar 2026, 02:14 UTC, as files to container 'c' of storage
    /// account 'a', prefix 'p'`.
    fn what_and_where(&self) -> String {
        let it = self.instance_in_vault();
        let Act::Restore {
            recovery_point_id,
            point_time,
            target,
        } = &self.act
        else {
            return it;
        };
        let point = match point_time {
            Some(time) => format!("of {}", text::sentence_moment(*time)),
            None => format!("'{recovery_point_id}'"),
        };
        let place = match target {
            RestoredTo::Files {
                account,
                container,
                prefix,
            } => format!(
                "as files to container '{container}' of storage account '{account}', prefix '{prefix}'"
            ),
            RestoredTo::Database { server, database } => {
                format!("as database '{database}' of server '{server}'")
            }
        };
        format!("{it}, recovery point {point}, {place}")
    }
}
