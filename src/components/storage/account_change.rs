//! Changing a storage account so that a restore comes in: looked at anew, changed, and read back.

use std::time::Duration;

use arm_client::{
    ArmError,
    data_protection::BackupVault,
    storage::{AccountChange, StorageAccount, StorageAccounts, TargetRule},
};
use arm_core::{Clock, ResourceId};
use chrono::TimeDelta;

use crate::findings::restore;

/// How long a change is looked for that the account does not show yet.
const LOOKING_FOR: TimeDelta = TimeDelta::minutes(1);
/// The pause between two looks at the account.
const BETWEEN_LOOKS: Duration = Duration::from_secs(5);

/// How a change ended.
#[derive(Debug)]
pub enum End {
    /// The account keeps the rule now.
    Done,
    /// The account kept it already: somebody else has changed it. Nothing was sent.
    DoneBefore,
    /// The account is not as it was when the change was asked for, so that it is another change now. Nothing was sent.
    Moved(AccountChange),
    /// Nothing was changed.
    Refused(ArmError),
    /// Azure took the change, or may have, and the account does not show it; the error is why the last look gave nothing.
    Unknown(Option<ArmError>),
}

/// Sends the change that was agreed to, if it still is the one that keeps the rule, and waits until the account shows it.
///
/// The rules of a network are sent whole: those of somebody who has changed them meanwhile would be lost.
pub async fn carry_out(
    accounts: &StorageAccounts,
    clock: &dyn Clock,
    account: &ResourceId,
    rule: TargetRule,
    vault: &BackupVault,
    agreed: &AccountChange,
) -> End {
    let keeps = |account: &StorageAccount| restore::change(rule, account, vault).is_none();
    match accounts.get(account).await {
        Err(error) => return End::Refused(error),
        Ok(account) => match restore::change(rule, &account, vault) {
            None => return End::DoneBefore,
            Some(change) if change != *agreed => return End::Moved(change),
            Some(_) => {}
        },
    }
    let mut why = match accounts.update(account, agreed).await {
        Ok(_) => None,
        Err(error) if error.may_have_begun() => Some(error),
        Err(error) => return End::Refused(error),
    };
    let until = clock.now() + LOOKING_FOR;
    loop {
        match accounts.get(account).await {
            Ok(account) if keeps(&account) => return End::Done,
            Ok(_) => {}
            Err(error) => why = Some(error),
        }
        let is_signed_out = matches!(why, Some(ArmError::SignInNeeded(_)));
        if is_signed_out || clock.now() >= until {
            return End::Unknown(why);
        }
        clock.sleep(BETWEEN_LOOKS).await;
    }
}
