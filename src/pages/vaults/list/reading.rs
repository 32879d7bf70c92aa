//! Reading the vaults, and beside them which subscriptions are read.

use std::sync::Arc;

use arm_client::{
    ArmClient, ArmError, Subscription,
    data_protection::{InstanceSummary, VaultSummary},
};

use crate::{
    components::directories::Absent,
    pages::servers::list::{
        coverage::{Coverage, Unread, doubtful},
        join::join,
        reading::is_of_no_subscription,
    },
    problem::Problem,
    session::Session,
};

/// What was read.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// The vaults, by name.
    pub vaults: Arc<Vec<VaultSummary>>,
    /// Which subscriptions are read.
    pub coverage: Arc<Coverage>,
}

/// Reads the vaults of all subscriptions; where Resource Graph leaves a subscription out, the provider is asked.
pub async fn read(arm: ArmClient, session: Session) -> Result<Listed, ArmError> {
    let mut coverage = Coverage::default();
    let mut vaults = read_directory(&arm, &mut coverage, |_| ()).await?;
    for directory in session.directories().get_untracked() {
        let there = arm.clone().for_tenant(&directory.id);
        let learn = |listed: &[Subscription]| {
            session.learn(
                &directory.id,
                listed.iter().map(|one| one.subscription_id.as_str()),
            );
        };
        match read_directory(&there, &mut coverage, learn).await {
            Ok(mut more) => vaults.append(&mut more),
            Err(error) => coverage.absent.push(Absent {
                directory,
                problem: Problem::in_full(&error),
            }),
        }
    }
    Ok(Listed {
        vaults: Arc::new(vaults),
        coverage: Arc::new(coverage),
    })
}

/// The instances of all vaults, of which the list counts those of each vault.
///
/// A directory that the user is not signed in to has no vault in the list either.
pub async fn instances(arm: ArmClient, session: Session) -> Result<Vec<InstanceSummary>, ArmError> {
    let mut instances = arm.data_protection().all_instances().await?;
    for directory in session.directories().get_untracked() {
        let there = arm.clone().for_tenant(&directory.id);
        match or_none(there.data_protection().all_instances().await) {
            Ok(mut more) => instances.append(&mut more),
            Err(ArmError::SignInNeeded(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(instances)
}

/// The vaults of one directory; `learn` is told its subscriptions.
async fn read_directory(
    arm: &ArmClient,
    coverage: &mut Coverage,
    learn: impl FnOnce(&[Subscription]),
) -> Result<Vec<VaultSummary>, ArmError> {
    let protection = arm.data_protection();
    let (vaults, subscriptions) = join(protection.all_vaults(), subscriptions(arm)).await;
    let mut vaults = or_none(vaults)?;
    match subscriptions {
        Ok((mut listed, readable)) => {
            learn(&listed);
            let of_vaults = vaults.iter().map(|vault| vault.subscription_id.as_str());
            let doubtful = doubtful(&listed, &readable, of_vaults);
            coverage.listed.get_or_insert_default().append(&mut listed);
            for subscription in doubtful {
                match protection.vaults(&subscription.id).await {
                    // Resource Graph is minutes behind, or was wrong.
                    Ok(more) => vaults.extend(more.into_iter().map(VaultSummary::from)),
                    Err(error) => coverage.unread.push(Unread {
                        name: subscription.shown_name().to_owned(),
                        id: subscription.subscription_id.clone(),
                        problem: Problem::in_full(&error),
                    }),
                }
            }
        }
        Err(error) => coverage.unknown = Some(Problem::in_full(&error)),
    }
    Ok(vaults)
}

/// The subscriptions that Azure lists for the user, and the ids of those that Resource Graph reads.
pub async fn subscriptions(arm: &ArmClient) -> Result<(Vec<Subscription>, Vec<String>), ArmError> {
    let (subscriptions, graph) = (arm.subscriptions(), arm.resource_graph());
    let (listed, readable) = join(subscriptions.list(), graph.readable_subscriptions()).await;
    Ok((listed?, or_none(readable)?))
}

/// Where there is no subscription that may be read, there is nothing in them.
pub fn or_none<T>(read: Result<Vec<T>, ArmError>) -> Result<Vec<T>, ArmError> {
    read.or_else(|error| {
        if is_of_no_subscription(&error) {
            Ok(vec![])
        } else {
            Err(error)
        }
    })
}
