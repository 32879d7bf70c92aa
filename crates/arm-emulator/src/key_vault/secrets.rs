//! Who may read a secret (reference C1, G3).

use arm_core::Timestamp;
use serde_json::Value;

use super::KEY_VAULT_TYPE;
use crate::{authorization::effective, postgres::servers::text, world::World};

/// What a secret identifier leads to.
#[derive(Debug, PartialEq)]
pub(crate) enum Secret<'a> {
    /// It is no address of a secret of a key vault in this world.
    NoKeyVault,
    /// The key vault has no enabled secret of that name.
    Missing,
    /// The principal lacks the right to read it in this key vault.
    Forbidden(&'a Value),
    /// The principal may read it.
    Readable,
}

/// Looks at `https://{vault}.vault.azure.net/secrets/{name}[/{version}]` with the eyes of a principal.
pub(crate) fn look<'a>(world: &'a World, uri: &str, principal: &str, now: Timestamp) -> Secret<'a> {
    let Some((host, path)) = uri.strip_prefix("https://").and_then(|rest| rest.split_once('/')) else {
        return Secret::NoKeyVault;
    };
    let mut segments = path.split('/');
    let (Some("secrets"), Some(name)) = (segments.next(), segments.next()) else {
        return Secret::NoKeyVault;
    };
    let address = format!("https://{host}/");
    let mut vaults = world.documents.values().filter(|document| {
        text(document, "/type") == KEY_VAULT_TYPE
            && text(document, "/properties/vaultUri").eq_ignore_ascii_case(&address)
    });
    let Some(vault) = vaults.next() else {
        return Secret::NoKeyVault;
    };
    let key = text(vault, "/id").to_ascii_lowercase();
    let secret = world.document(&format!("{key}/secrets/{}", name.to_ascii_lowercase()));
    let is_enabled = |secret: &Value| secret["properties"]["attributes"]["enabled"] == true;
    if !secret.is_some_and(is_enabled) {
        return Secret::Missing;
    }
    if may_read(world, vault, &key, principal, now) {
        Secret::Readable
    } else {
        Secret::Forbidden(vault)
    }
}

/// By role where the key vault goes by roles, else by access policy: never by both.
fn may_read(world: &World, vault: &Value, key: &str, principal: &str, now: Timestamp) -> bool {
    if vault["properties"]["enableRbacAuthorization"] == true {
        const READ: &str = "Microsoft.KeyVault/vaults/secrets/getSecret/action";
        return effective::may_with_data(world, principal, READ, key, now);
    }
    let policies = vault["properties"]["accessPolicies"]
        .as_array()
        .into_iter()
        .flatten();
    let mut own = policies.filter(|policy| effective::is_for(principal, text(policy, "/objectId")));
    own.any(|policy| {
        let words = policy["permissions"]["secrets"].as_array().into_iter().flatten();
        let words: Vec<_> = words
            .filter_map(Value::as_str)
            .map(str::to_ascii_lowercase)
            .collect();
        let has = |word: &str| words.iter().any(|known| known == word || known == "all");
        has("get") && has("list")
    })
}
