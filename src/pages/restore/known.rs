//! What the form reads of Azure.

use arm_client::{
    ArmClient, ArmError,
    data_protection::{BackupVault, DatasourceKind, RecoveryPoint},
    postgres::{SingleDatabase, SingleServer},
};
use arm_core::ResourceId;

use crate::{
    components::{
        directories::subscriptions_everywhere,
        storage::{Accounts, offer::Near, read_accounts},
    },
    hooks::{Reading, use_reading, use_reading_of},
    pages::vaults::instance::{Known as Instance, points_of, read_instance},
    prelude::*,
    problem::unless_denied,
    services::use_arm,
    session::{Session, use_session},
};

/// What is known of Azure.
#[derive(Clone, Copy)]
pub struct Known {
    /// The instance, as the address names it.
    pub id: StoredValue<ResourceId>,
    /// Its vault.
    pub vault_id: StoredValue<ResourceId>,
    /// The instance as it is read.
    pub instance: Reading<Instance>,
    /// The vault as it is read.
    pub vault: Reading<BackupVault>,
    /// Its recovery points, the newest first.
    pub points: Reading<Vec<RecoveryPoint>>,
    /// The storage accounts of all subscriptions.
    pub accounts: Accounts,
    /// The legacy single servers of all subscriptions, where the instance is of one.
    pub servers: Reading<Vec<SingleServer>>,
}

impl Known {
    /// Begins to read.
    pub fn read(instance: &ResourceId) -> Self {
        let (arm, session) = (StoredValue::new_local(use_arm()), use_session());
        let id = StoredValue::new(instance.clone());
        // The page's path names a vault, so there is one above it.
        let vault_id = StoredValue::new(instance.parent().unwrap_or_else(|| instance.clone()));
        let known = use_reading(move || read_instance(arm.get_value(), id.get_value()));
        let is_legacy = Memo::new(move |_| {
            known.data.with(|known| {
                let kind = known.as_ref()?.kind()?;
                (kind == DatasourceKind::SingleServerDatabase).then_some(())
            })
        });
        Self {
            id,
            vault_id,
            instance: known,
            vault: use_reading(move || {
                let service = arm.get_value().data_protection();
                async move { service.vault(&vault_id.get_value()).await }
            }),
            points: use_reading(move || points_of(arm.get_value().data_protection(), id.get_value())),
            accounts: read_accounts(vault_id.get_value()),
            servers: use_reading_of(is_legacy, move |()| {
                Box::pin(read_servers(arm.get_value(), session))
            }),
        }
    }

    /// What kind of thing the instance protects; nothing while that is not known.
    pub fn kind(self) -> Option<DatasourceKind> {
        self.instance.data.with(|known| known.as_ref()?.kind())
    }

    /// What an account is to be near to.
    pub fn near(self) -> Near {
        Near {
            id: self.vault_id.get_value(),
            region: self.vault.data.with(|vault| vault.as_ref()?.location.clone()),
        }
    }

    /// The point with this id.
    pub fn point(self, id: &str) -> Option<RecoveryPoint> {
        self.points.data.with(|points| {
            let mut points = points.as_ref()?.iter();
            let is_it = |point: &&RecoveryPoint| point.recovery_point_id.eq_ignore_ascii_case(id);
            points.find(is_it).cloned()
        })
    }
}

async fn read_servers(arm: ArmClient, session: Session) -> Result<Vec<SingleServer>, ArmError> {
    let mut servers = Vec::new();
    for subscription in subscriptions_everywhere(arm.clone(), session).await? {
        servers.extend(unless_denied(arm.single_servers().list(&subscription.id).await)?);
    }
    Ok(servers)
}

/// The databases of a server, those of the service among them.
pub fn use_databases(server: Memo<Option<ResourceId>>) -> Reading<Vec<SingleDatabase>> {
    let arm = StoredValue::new_local(use_arm());
    use_reading_of(server, move |server: ResourceId| {
        let servers = arm.get_value().single_servers();
        Box::pin(async move { servers.databases(&server).await })
    })
}
