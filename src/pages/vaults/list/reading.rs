//! Reading the vaults, and beside them which subscriptions are read.

use std::sync::Arc;

use arm_client::{ArmClient, ArmError, Subscription, data_protection::VaultSummary};

use crate::{
    pages::servers::list::{
        coverage::{Coverage, Unread, doubtful},
        join::join,
        reading::is_of_no_subscription,
    },
    problem::Problem,
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
pub async fn read(arm: ArmClient) -> Result<Listed, ArmError> {
    let protection = arm.data_protection();
    let (vaults, subscriptions) = join(protection.all_vaults(), subscriptions(&arm)).await;
    let mut vaults = or_none(vaults)?;
    let mut coverage = Coverage::default();
    match subscriptions {
        Ok((listed, readable)) => {
            let of_vaults = vaults.iter().map(|vault| vault.subscription_id.as_str());
            let doubtful = doubtful(&listed, &readable, of_vaults);
            coverage.listed = Some(listed);
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
    Ok(Listed {
        vaults: Arc::new(vaults),
        coverage: Arc::new(coverage),
    })
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
