//! What is read of one backup instance, soft-deleted or not.

use arm_client::{
    ArmClient, ArmError,
    data_protection::{BackupInstance, BackupPolicy, DatasourceKind, ProtectionState},
};
use arm_core::ResourceId;

/// An instance as it is, or what is left of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The instance.
    pub instance: BackupInstance,
    /// It is deleted, and its vault keeps it for a while.
    pub is_deleted: bool,
}

/// Reads an instance; where there is none of this name, the soft-deleted one (reference B9).
pub async fn read(arm: ArmClient, id: ResourceId) -> Result<Known, ArmError> {
    let service = arm.data_protection();
    let error = match service.instance(&id).await {
        Ok(instance) => {
            return Ok(Known {
                instance,
                is_deleted: false,
            });
        }
        Err(error) => error,
    };
    let Some(vault) = id.parent().filter(|_| is_absent(&error)) else {
        return Err(error);
    };
    // Where these cannot be read, nobody knows whether its data are gone.
    let deleted = service.deleted_instances(&vault).await?;
    let found = deleted
        .into_iter()
        .find(|instance| instance.name.eq_ignore_ascii_case(id.name()));
    let instance = found.ok_or(error)?;
    Ok(Known {
        instance,
        is_deleted: true,
    })
}

/// Whether it is not there, as against not known.
pub fn is_absent(error: &ArmError) -> bool {
    error.service_error().is_some_and(|service| service.status == 404)
}

impl Known {
    /// Its state; that of a deleted one whatever Azure calls it.
    pub fn state(&self) -> Option<ProtectionState> {
        if self.is_deleted {
            Some(ProtectionState::SoftDeleted)
        } else {
            self.instance.state.clone()
        }
    }

    /// What kind of thing it protects.
    pub fn kind(&self) -> Option<DatasourceKind> {
        DatasourceKind::of(self.instance.source_type.as_deref()?)
    }

    /// Its policy, where it is among these.
    pub fn policy<'a>(&self, policies: &'a [BackupPolicy]) -> Option<&'a BackupPolicy> {
        let id = self.instance.policy.as_ref()?;
        policies.iter().find(|policy| policy.id == *id)
    }

    /// The server or database it protects: `pg-orders-prod`, `pgs-legacy / invoices`.
    pub fn source_name(&self) -> String {
        let Some(source) = &self.instance.source else {
            return self.instance.name.clone();
        };
        match (self.kind(), source.parent()) {
            (Some(DatasourceKind::SingleServerDatabase), Some(server)) => {
                format!("{} / {}", server.name(), source.name())
            }
            _ => source.name().to_owned(),
        }
    }
}
