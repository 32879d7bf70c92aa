//! What Azure knows of a datasource and of the vault's rights on it.

use arm_client::{
    ArmClient, ArmError, FlexibleServer,
    authorization::{MissingRole, RoleNeed},
    data_protection::{BackupVault, Datasource, DatasourceKind},
    key_vault::KeyVault,
};
use arm_core::ResourceId;

use crate::{
    components::{directories::subscriptions_everywhere, protection::secret::SecretId},
    findings::protection::Protecting,
    problem::{Problem, unless_denied},
    session::Session,
};

/// What Azure says of a datasource.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// It, as a backup instance names it.
    pub datasource: Datasource,
    /// The flexible server.
    pub server: Option<FlexibleServer>,
    /// The key vault of a database's secret, where the user sees it.
    pub key_vault: Option<ResourceId>,
    /// What protects it already.
    pub protecting: Vec<Protecting>,
    /// What the vault's identity lacks: roles, and rights on a key vault that goes by access policies.
    pub access: Result<(Vec<MissingRole>, Option<ResourceId>), Problem>,
}

/// Reads what Azure knows of a datasource and of the vault's rights on it.
pub async fn look(
    arm: &ArmClient,
    session: Session,
    vault: &BackupVault,
    source: ResourceId,
    secret: Option<SecretId>,
) -> Result<Seen, ArmError> {
    let kind = source.resource_type().and_then(|kind| DatasourceKind::of(&kind));
    let kind = kind.unwrap_or(DatasourceKind::FlexibleServer);
    let (server, location) = match kind {
        DatasourceKind::FlexibleServer => {
            let server = arm.flexible_servers().get(&source).await?;
            let location = server.location.clone();
            (Some(server), location)
        }
        DatasourceKind::SingleServerDatabase => {
            let server = source.parent().unwrap_or_else(|| source.clone());
            (None, arm.single_servers().get(&server).await?.location)
        }
    };
    let datasource = Datasource {
        kind,
        id: source,
        location: region_id(location.as_deref().unwrap_or_default()),
    };
    let instances = arm.data_protection().instances_of(&datasource.id).await?;
    let key_vault = match &secret {
        Some(secret) => key_vault_of(arm, session, &datasource, secret).await?,
        None => None,
    };
    let access = match &vault.principal_id {
        // That the vault has no identity is told in its place.
        None => Ok((Vec::new(), None)),
        Some(principal) => {
            let missing = missing_access(arm, principal, &datasource, key_vault.as_ref()).await;
            missing.map_err(|error| Problem::in_full(&error))
        }
    };
    Ok(Seen {
        datasource,
        server,
        key_vault: key_vault.map(|key_vault| key_vault.id),
        protecting: instances.iter().map(Protecting::from).collect(),
        access,
    })
}

/// What the vault's identity lacks on the datasource and on the key vault of a secret.
async fn missing_access(
    arm: &ArmClient,
    principal: &str,
    datasource: &Datasource,
    key_vault: Option<&KeyVault>,
) -> Result<(Vec<MissingRole>, Option<ResourceId>), ArmError> {
    let mut needs = RoleNeed::of_backup(datasource);
    let mut closed = None;
    match key_vault {
        Some(key_vault) if key_vault.goes_by_roles => needs.push(RoleNeed::of_secrets(&key_vault.id)),
        Some(key_vault) if !key_vault.lets_read_secrets(principal) => closed = Some(key_vault.id.clone()),
        _ => {}
    }
    let roles = arm.authorization().missing_roles(principal, &needs).await?;
    Ok((roles, closed))
}

/// The key vault of a secret, looked for first where the datasource is; nothing where the user does not see it.
async fn key_vault_of(
    arm: &ArmClient,
    session: Session,
    datasource: &Datasource,
    secret: &SecretId,
) -> Result<Option<KeyVault>, ArmError> {
    let mut subscriptions = subscriptions_everywhere(arm.clone(), session).await?;
    let own = datasource.id.subscription_id().to_owned();
    subscriptions.sort_by_key(|subscription| !subscription.subscription_id.eq_ignore_ascii_case(&own));
    for subscription in subscriptions {
        let vaults = unless_denied(arm.key_vaults().list(&subscription.id).await)?;
        let found = vaults
            .into_iter()
            .find(|vault| vault.name.eq_ignore_ascii_case(&secret.key_vault));
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// `westeurope` for `West Europe`: as a backup instance names a region.
fn region_id(location: &str) -> String {
    let letters = location.chars().filter(|letter| *letter != ' ');
    letters.collect::<String>().to_ascii_lowercase()
}
