//! What is there to choose from, at home and in every directory that is chosen.

use arm_client::{ArmClient, ArmError, Subscription};

use crate::{pages::or_none, session::Session};

/// Reads a list at home, and in each directory that the user has chosen and is signed in to.
///
/// # Errors
/// When the list of one of them cannot be read. One that the user is not signed in to has nothing to choose from: the
/// lists of servers and vaults say so.
pub async fn everywhere<T, F>(
    arm: ArmClient,
    session: Session,
    read: impl Fn(ArmClient) -> F,
) -> Result<Vec<T>, ArmError>
where
    F: Future<Output = Result<Vec<T>, ArmError>>,
{
    let mut all = read(arm.clone()).await?;
    for directory in session.directories().get_untracked() {
        match or_none(read(arm.clone().for_tenant(&directory.id)).await) {
            Ok(mut more) => all.append(&mut more),
            Err(ArmError::SignInNeeded(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(all)
}

/// The subscriptions of all of them; what is asked of one from then on gets the token of its directory.
///
/// # Errors
/// As [`everywhere`].
pub async fn subscriptions_everywhere(
    arm: ArmClient,
    session: Session,
) -> Result<Vec<Subscription>, ArmError> {
    everywhere(arm, session, |arm| async move {
        let listed = arm.subscriptions().list().await?;
        if let Some(directory) = arm.tenant() {
            let ids = listed.iter().map(|one| one.subscription_id.as_str());
            session.learn(directory, ids);
        }
        Ok(listed)
    })
    .await
}
