//! `GET …/vaults/{keyVaultName}/secrets[/{secretName}]` (reference G3): names and addresses, never values.

use arm_core::Response;

use super::{SECRET_TYPE, read_key_vaults};
use crate::{
    call::Call,
    paging,
    refusals::{self, Refusal, json_response},
    world::World,
};

/// The secrets of a key vault.
pub(crate) fn list_secrets(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    read_key_vaults::find(world, call)?;
    paging::page(world, call, world.below(&call.key_above(8), SECRET_TYPE))
}

/// One secret.
pub(crate) fn get_secret(world: &mut World, call: &Call) -> Result<Response, Refusal> {
    read_key_vaults::find(world, call)?;
    let secret = world.document(&call.key()).ok_or_else(|| {
        let resource = format!("{SECRET_TYPE}/{}", call.parameter("secretName"));
        refusals::RESOURCE_NOT_FOUND.refuse(&[&resource, call.parameter("resourceGroupName")])
    })?;
    Ok(json_response(200, secret))
}

#[cfg(test)]
mod tests {
    use arm_core::Method;

    use crate::testing::{PRODUCTION, Rig, body};

    #[test]
    fn names_and_addresses_of_secrets_are_told_and_no_value_is() {
        let vault = format!(
            "{PRODUCTION}/resourceGroups/rg-backup-prod/providers/Microsoft.KeyVault/vaults/kv-commerce-prod"
        );
        let mut rig = Rig::new();
        let listed = rig.send(Method::Get, &format!("{vault}/secrets"), "2023-02-01");
        assert_eq!(listed.status, 200, "{}", listed.body);
        let first = &body(&listed)["value"][0];
        assert_eq!(
            first["properties"]["secretUri"],
            "https://kv-commerce-prod.vault.azure.net/secrets/pgs-legacy-backup",
            "{first}"
        );
        assert!(!listed.body.contains("\"value\":\""), "{}", listed.body);
        let asked = rig.send(
            Method::Get,
            &format!("{vault}/secrets/PGS-legacy-backup"),
            "2023-02-01",
        );
        assert_eq!(&body(&asked), first);
        let none = rig.send(Method::Get, &format!("{vault}/secrets/none"), "2023-02-01");
        assert_eq!(none.status, 404, "{}", none.body);
    }
}
