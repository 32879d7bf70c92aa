//! How long what Azure Backup does takes.

use chrono::TimeDelta;

/// Creating or changing a vault (recorded: often over at the first read, reference G5).
pub(crate) const WRITE_VAULT: TimeDelta = TimeDelta::seconds(1);
/// Deleting a vault (not known).
pub(crate) const DELETE_VAULT: TimeDelta = TimeDelta::seconds(10);
/// A validation that finds nothing (the document's, S1).
pub(crate) const VALIDATE: TimeDelta = TimeDelta::seconds(12);
/// A validation that finds something (the document's, S1).
pub(crate) const VALIDATE_IN_VAIN: TimeDelta = TimeDelta::seconds(32);
/// The operation of configuring protection (recorded, reference B2).
pub(crate) const CONFIGURE: TimeDelta = TimeDelta::seconds(2);
/// From its end until the instance is protected (recorded, reference B2).
pub(crate) const PROTECT: TimeDelta = TimeDelta::seconds(40);
/// Deleting an instance (the document's, S1).
pub(crate) const DELETE_INSTANCE: TimeDelta = TimeDelta::seconds(16);
/// Stopping, suspending, resuming, undeleting (not known).
pub(crate) const CHANGE_STATE: TimeDelta = TimeDelta::seconds(5);
/// Starting a backup (recorded, reference F5).
pub(crate) const START_BACKUP: TimeDelta = TimeDelta::seconds(2);
/// The job of a backup (recorded: 1 min 47.56 s, reference B7).
pub(crate) const BACKUP: TimeDelta = TimeDelta::milliseconds(107_564);
/// Starting a restore (the document's, S3).
pub(crate) const START_RESTORE: TimeDelta = TimeDelta::seconds(4);
/// The job of a restore (not known).
pub(crate) const RESTORE: TimeDelta = TimeDelta::minutes(12);
/// How long an ended job is listed (not known).
pub(crate) const JOB_KEPT: TimeDelta = TimeDelta::days(90);
