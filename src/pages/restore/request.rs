//! The request of a restore, from what is chosen and typed, or what is still lacking for one; pure.

use arm_client::{
    data_protection::{
        BackupVault, Datasource, DatasourceKind, RecoveryPoint, RestoreRequest, RestoreTarget, VAULT_STORE,
    },
    postgres::SingleServer,
    storage::{ContainerUrl, InvalidContainerUrl, StorageAccount},
};
use arm_core::ResourceId;

/// A container, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its address, without anything that lets somebody in.
    pub url: String,
    /// Its name.
    pub container: String,
    /// Its account; nothing where an address was pasted of an account that the user does not see.
    pub account: Option<ResourceId>,
}

/// The container of an account that is chosen.
pub fn chosen(account: Option<&StorageAccount>, container: Option<&str>) -> Result<Place, String> {
    let account = account.ok_or("Choose a storage account.")?;
    let endpoint = account.blob_endpoint.as_deref();
    let endpoint = endpoint.ok_or("The storage account holds no blobs. Choose another one.")?;
    let container = container.ok_or("Choose a container.")?;
    Ok(Place {
        url: format!("{}/{container}", endpoint.trim_end_matches('/')),
        container: container.to_owned(),
        account: Some(account.id.clone()),
    })
}

/// The container at an address, with its account where it is among these.
pub fn pasted(address: &str, accounts: &[StorageAccount]) -> Result<Place, String> {
    if address.trim().is_empty() {
        return Err("Paste the address of a container.".to_owned());
    }
    let url: ContainerUrl = address.parse().map_err(wrong_address)?;
    let is_there = |account: &&StorageAccount| {
        let host = account.blob_endpoint.as_deref().and_then(host_of);
        host.is_some_and(|host| host.eq_ignore_ascii_case(&url.host))
    };
    Ok(Place {
        url: url.to_string(),
        container: url.container.to_string(),
        account: accounts.iter().find(is_there).map(|account| account.id.clone()),
    })
}

/// What is wrong with an address, in a sentence.
pub fn wrong_address(why: InvalidContainerUrl) -> String {
    format!("This is no address of a container: {why}.")
}

/// An address without what lets somebody in, and whether something was left out.
pub fn without_query(address: &str) -> (&str, bool) {
    match address.find(['?', '#']) {
        Some(at) => (&address[..at], true),
        None => (address, false),
    }
}

fn host_of(endpoint: &str) -> Option<&str> {
    endpoint.split_once("://")?.1.split('/').next()
}

/// Restoring as files into a container.
///
/// Its resource id goes along where the document of the field wants it: in another subscription than the vault's, and
/// where the vault does not restore to others.
pub fn files(place: Place, prefix: &str, vault: &BackupVault) -> RestoreTarget {
    let crosses = vault.cross_subscription_restore.as_deref();
    let crosses = crosses.is_none_or(|state| state.eq_ignore_ascii_case("Enabled"));
    let container = place.account.filter(|account| {
        let own = vault.id.subscription_id();
        !crosses || !account.subscription_id().eq_ignore_ascii_case(own)
    });
    RestoreTarget::Files {
        container: container.and_then(|account| container_id(&account, &place.container)),
        url: place.url,
        prefix: prefix.to_owned(),
    }
}

fn container_id(account: &ResourceId, container: &str) -> Option<ResourceId> {
    let service = account.child("blobServices", "default").ok()?;
    service.child("containers", container).ok()
}

/// Restoring as a new database of a legacy single server.
pub fn database(server: &SingleServer, name: &str, secret: String) -> Result<RestoreTarget, String> {
    let id = server.id.child("databases", name);
    Ok(RestoreTarget::Database {
        database: Datasource {
            kind: DatasourceKind::SingleServerDatabase,
            id: id.map_err(|_| "The name cannot stand in an Azure address.".to_owned())?,
            location: region_id(server.location.as_deref().unwrap_or_default()),
        },
        secret: Some(secret),
    })
}

/// The request, or what is lacking in a sentence, the uppermost first.
pub fn request(
    point: Result<&RecoveryPoint, String>,
    vault: Option<&BackupVault>,
    target: Result<RestoreTarget, String>,
) -> Result<RestoreRequest, String> {
    let point = point?;
    let target = target?;
    let vault = vault.ok_or("The backup vault has not been read yet.")?;
    let location = vault.location.as_deref();
    Ok(RestoreRequest {
        recovery_point_id: point.recovery_point_id.clone(),
        store: store_of(point)?,
        location: region_id(location.ok_or("Azure does not tell the region of the backup vault.")?),
        target,
    })
}

/// The store that a point is restored from.
fn store_of(point: &RecoveryPoint) -> Result<String, String> {
    let is = |kind: &str, wanted: &str| kind.eq_ignore_ascii_case(wanted);
    if point.stores.is_empty() || point.stores.iter().any(|store| is(&store.kind, VAULT_STORE)) {
        return Ok(VAULT_STORE.to_owned());
    }
    let other = point.stores.iter().find(|store| !is(&store.kind, "ArchiveStore"));
    other.map(|store| store.kind.clone()).ok_or_else(|| {
        "The recovery point is in the archive store only, from which it has to be rehydrated first. Choose another one."
            .to_owned()
    })
}

/// `westeurope` for `West Europe`: as a request names a region.
fn region_id(location: &str) -> String {
    let letters = location.chars().filter(|letter| *letter != ' ');
    letters.collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests;
