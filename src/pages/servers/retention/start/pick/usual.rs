//! The account to begin with; pure.

use arm_client::storage::StorageAccount;

use crate::{
    components::storage::offer::Near,
    findings::{self, Severity},
};

/// The first account in which nothing stands in the way.
pub fn best<'a>(offered: &'a [StorageAccount], server: &Near) -> Option<&'a StorageAccount> {
    offered.iter().find(|account| {
        let found = findings::storage_account(account, server.region.as_deref());
        found.iter().all(|finding| finding.severity > Severity::Warns)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(name: &str, location: &str, takes_keys: bool) -> StorageAccount {
        let json = format!(
            r#"{{"id":"/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/{name}",
            "name":"{name}","location":"{location}","properties":{{"allowSharedKeyAccess":{takes_keys},
            "primaryEndpoints":{{"blob":"https://{name}.blob.core.windows.net/"}}}}}}"#
        );
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    #[test]
    fn the_first_account_without_hindrance_is_taken() {
        let near = |region: Option<&str>| Near {
            id: "/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg"
                .parse()
                .expect("an id"),
            region: region.map(str::to_owned),
        };
        let offered = [
            account("keyless", "westeurope", false),
            account("near", "westeurope", true),
            account("north", "northeurope", true),
        ];
        for (offered, region, expected) in [
            (&offered[..], Some("West Europe"), Some("near")),
            (&offered[2..], Some("northeurope"), Some("north")),
            (&offered[..], None, Some("near")),
            (&offered[..1], None, None),
        ] {
            let best = best(offered, &near(region)).map(|account| account.name.as_str());
            assert_eq!(best, expected, "{region:?}");
        }
    }
}
