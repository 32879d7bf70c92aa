//! `GET …/storageAccounts/{accountName}/blobServices/default/containers` (reference C3).

use arm_core::Response;

use super::{CONTAINER_TYPE, accounts};
use crate::{
    call::Call,
    paging,
    postgres::servers::text,
    refusals::{self, Refusal},
    world::World,
};

/// The containers of an account, by name; `$filter` is what their names begin with.
pub(crate) fn list_containers(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    accounts::find(world, call)?;
    let size = match call.target.parameter("$maxpagesize") {
        Some(given) => {
            let size = given.parse().ok().filter(|size| *size > 0);
            size.ok_or_else(|| refusals::INVALID_VALUES.refuse(&["$maxpagesize"]))?
        }
        None => usize::MAX,
    };
    let prefix = call.target.parameter("$filter").unwrap_or_default();
    let containers = world
        .below(&accounts::key(call), CONTAINER_TYPE)
        .filter(|container| text(container, "/name").starts_with(prefix));
    paging::page_of(world, call, containers, size)
}

#[cfg(test)]
mod tests {
    use insta::assert_snapshot;

    use crate::testing::{Rig, STORAGE, STORAGE_VERSION, body, shown};

    fn path(query: &str) -> String {
        format!("{STORAGE}/blobServices/default/containers{query}")
    }

    fn names(rig: &mut Rig, query: &str) -> (Vec<String>, bool) {
        let answer = body(&rig.read(&path(query), STORAGE_VERSION));
        let items = answer["value"].as_array().cloned().unwrap_or_default();
        let names = items
            .iter()
            .map(|item| item["name"].as_str().unwrap_or_default().to_owned());
        (names.collect(), answer.get("nextLink").is_some())
    }

    #[test]
    fn somebody_without_any_right_is_refused() {
        let response = Rig::as_nobody().read(&path(""), STORAGE_VERSION);
        assert_eq!(response.status, 403, "{}", response.body);
    }

    #[test]
    fn the_containers_of_no_account_are_not_found() {
        let nowhere = path("").replace("stcommercebackup", "stnowhere");
        let response = Rig::new().read(&nowhere, STORAGE_VERSION);
        assert_eq!(response.status, 404, "{}", response.body);
    }

    #[test]
    fn a_page_size_that_is_none_is_refused() {
        for query in ["?$maxpagesize=0", "?$maxpagesize=many"] {
            let response = Rig::new().read(&path(query), STORAGE_VERSION);
            assert_eq!(response.status, 400, "{query}: {}", response.body);
        }
    }

    #[test]
    fn containers_are_listed_filtered_and_in_pages() {
        let mut rig = Rig::new();
        let all = ["ltr-catalog", "ltr-orders", "restored-files"].map(str::to_owned);
        for (query, expected, has_more) in [
            ("", &all[..], false),
            ("?$maxpagesize=2", &all[..2], true),
            ("?$maxpagesize=3", &all[..], false),
            ("?$filter=ltr-", &all[..2], false),
            ("?%24filter=ltr-o", &all[1..2], false),
            ("?$filter=none", &[], false),
        ] {
            assert_eq!(names(&mut rig, query), (expected.to_vec(), has_more), "{query}");
        }
        let first = body(&rig.read(&path("?$maxpagesize=2"), STORAGE_VERSION));
        let next = first["nextLink"].as_str().unwrap_or_default();
        assert_eq!(body(&rig.follow(next))["value"][0]["name"], "restored-files");
    }

    #[test]
    fn a_container_is_listed_with_what_is_known_of_it() {
        assert_snapshot!(shown(&Rig::as_reader().read(&path("?$filter=ltr-o"), STORAGE_VERSION)), @r#"
        200
        {
          "value": [
            {
              "id": "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg-commerce-prod/providers/Microsoft.Storage/storageAccounts/stcommercebackup/blobServices/default/containers/ltr-orders",
              "name": "ltr-orders",
              "type": "Microsoft.Storage/storageAccounts/blobServices/containers",
              "etag": "\"0x8D649AA79FAA000\"",
              "properties": {
                "deleted": false,
                "remainingRetentionDays": 0,
                "defaultEncryptionScope": "$account-encryption-key",
                "denyEncryptionScopeOverride": false,
                "publicAccess": "None",
                "leaseStatus": "Unlocked",
                "leaseState": "Available",
                "lastModifiedTime": "2026-01-31T08:00:00.0000000Z",
                "immutableStorageWithVersioning": {
                  "enabled": false
                },
                "hasImmutabilityPolicy": false,
                "hasLegalHold": false
              }
            }
          ]
        }
        "#);
    }
}
