//! A storage account.

use std::time::Duration;

use arm_core::ResourceId;
use serde::Deserialize;
use serde_json::Value;

use crate::{data_protection::text, lenient};

/// What is read of a storage account (reference C3, G6).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "Wire")]
pub struct StorageAccount {
    /// The resource id.
    pub id: ResourceId,
    /// The name.
    pub name: String,
    /// The region, in one word of lower case.
    pub location: Option<String>,
    /// Such as `StorageV2` or `FileStorage`.
    pub kind: Option<String>,
    /// Such as `Standard_ZRS`.
    pub sku_name: Option<String>,
    /// Where its blobs are, with a slash at the end; an account of files has none.
    pub blob_endpoint: Option<String>,
    /// Whether keys, and SAS signed with them, are taken; where nothing is said they are (reference G6).
    pub allow_shared_key_access: Option<bool>,
    /// Whether blobs may be copied across tenants, which a restore as files needs (reference C1).
    pub allow_cross_tenant_replication: Option<bool>,
    /// From where blobs may be copied to it: `AAD`, `PrivateLink`, `All`; `None` is from anywhere.
    pub allowed_copy_scope: Option<String>,
    /// `Enabled`, `Disabled` or `SecuredByPerimeter`.
    pub public_network_access: Option<String>,
    /// `Allow` or `Deny`: what the firewall does with whom no rule names.
    pub default_action: Option<String>,
    /// Who passes the firewall, such as `AzureServices, Logging`.
    pub bypass: Option<String>,
    /// The firewall's rules as they were told, to be sent back whole (reference G6).
    pub network_acls: Value,
    /// For how long a SAS may last at most, as `d.hh:mm:ss`.
    pub sas_expiration_period: Option<String>,
    /// `Log` or `Block`: what becomes of a SAS that lasts longer.
    pub sas_expiration_action: Option<String>,
}

/// What an account's policy says of the SAS of its containers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SasPolicy {
    /// For how long one may last.
    pub longest: Duration,
    /// Whether one that lasts longer is refused; else it is taken and logged.
    pub blocks: bool,
}

impl StorageAccount {
    /// The policy on SAS, where there is one that can be read (reference G6, `d.hh:mm:ss`).
    pub fn sas_policy(&self) -> Option<SasPolicy> {
        let action = self.sas_expiration_action.as_deref().unwrap_or_default();
        Some(SasPolicy {
            longest: period(self.sas_expiration_period.as_deref()?)?,
            blocks: action.eq_ignore_ascii_case("Block"),
        })
    }

    /// Whether a SAS that is signed with a key of the account is of any use.
    pub fn takes_keys(&self) -> bool {
        self.allow_shared_key_access != Some(false)
    }

    /// Whether nobody comes through the public network, whatever rules there are.
    pub fn has_no_public_network(&self) -> bool {
        let access = self.public_network_access.as_deref().unwrap_or_default();
        access.eq_ignore_ascii_case("Disabled")
    }

    /// Whether the firewall lets everybody by, wherever they ask from.
    pub fn answers_every_network(&self) -> bool {
        let is_closed = self
            .default_action
            .as_deref()
            .is_some_and(|action| action.eq_ignore_ascii_case("Deny"));
        !self.has_no_public_network() && !is_closed
    }

    /// Whether the firewall lets trusted services of Azure by.
    pub fn trusts_azure(&self) -> bool {
        let bypass = self.bypass.as_deref().unwrap_or_default();
        let mut bypass = bypass.split(',');
        bypass.any(|who| who.trim().eq_ignore_ascii_case("AzureServices"))
    }

    /// Whether services of Azure reach the account through its firewall.
    pub fn is_reachable_by_azure(&self) -> bool {
        let is = |value: &Option<String>, word: &str| {
            value
                .as_deref()
                .is_some_and(|value| value.eq_ignore_ascii_case(word))
        };
        let is_closed = self.has_no_public_network() || is(&self.default_action, "Deny");
        !is_closed || self.trusts_azure()
    }
}

/// `d.hh:mm:ss`, or without the days.
fn period(text: &str) -> Option<Duration> {
    let (days, time) = text.split_once('.').unwrap_or(("0", text));
    let mut parts = time.split(':');
    let mut part = || parts.next()?.parse::<u64>().ok();
    let (hours, minutes, seconds) = (part()?, part()?, part()?);
    let whole_days = days.parse::<u64>().ok()?.checked_mul(24 * 3600)?;
    let of_day = hours.checked_mul(3600)?.checked_add(minutes.checked_mul(60)?)?;
    let length = whole_days.checked_add(of_day)?.checked_add(seconds)?;
    (parts.next().is_none() && length > 0).then(|| Duration::from_secs(length))
}

#[derive(Deserialize)]
struct Wire {
    id: ResourceId,
    #[serde(default, deserialize_with = "lenient::text")]
    name: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    location: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    sku: WireSku,
    #[serde(default, deserialize_with = "lenient::or_default")]
    properties: WireProperties,
}

#[derive(Default, Deserialize)]
struct WireSku {
    #[serde(default, deserialize_with = "lenient::text")]
    name: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireProperties {
    #[serde(default, deserialize_with = "lenient::or_default")]
    primary_endpoints: WireEndpoints,
    #[serde(default, deserialize_with = "lenient::flag")]
    allow_shared_key_access: Option<bool>,
    #[serde(default, deserialize_with = "lenient::flag")]
    allow_cross_tenant_replication: Option<bool>,
    #[serde(default, deserialize_with = "lenient::text")]
    public_network_access: Option<String>,
    #[serde(default)]
    network_acls: Value,
    #[serde(default, deserialize_with = "lenient::text")]
    allowed_copy_scope: Option<String>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    sas_policy: WirePolicy,
}

#[derive(Default, Deserialize)]
struct WireEndpoints {
    #[serde(default, deserialize_with = "lenient::text")]
    blob: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct WirePolicy {
    #[serde(default, deserialize_with = "lenient::text")]
    sas_expiration_period: Option<String>,
    #[serde(default, deserialize_with = "lenient::text")]
    expiration_action: Option<String>,
}

impl From<Wire> for StorageAccount {
    fn from(wire: Wire) -> Self {
        let properties = wire.properties;
        Self {
            name: wire.name.unwrap_or_else(|| wire.id.name().to_owned()),
            id: wire.id,
            location: wire.location,
            kind: wire.kind,
            sku_name: wire.sku.name,
            blob_endpoint: properties.primary_endpoints.blob,
            allow_shared_key_access: properties.allow_shared_key_access,
            allow_cross_tenant_replication: properties.allow_cross_tenant_replication,
            public_network_access: properties.public_network_access,
            allowed_copy_scope: properties.allowed_copy_scope,
            default_action: text(&properties.network_acls, "/defaultAction"),
            bypass: text(&properties.network_acls, "/bypass"),
            network_acls: properties.network_acls,
            sas_expiration_period: properties.sas_policy.sas_expiration_period,
            sas_expiration_action: properties.sas_policy.expiration_action,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/sta";

    fn read(properties: &str) -> StorageAccount {
        let json = format!(r#"{{"id":"{ID}","properties":{properties}}}"#);
        serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
    }

    #[test]
    fn the_recorded_shape_is_read() {
        let account: StorageAccount = serde_json::from_str(&format!(
            r#"{{"sku":{{"name":"Standard_LRS","tier":"Standard"}},"kind":"StorageV2","id":"{ID}","name":"sta",
            "type":"Microsoft.Storage/storageAccounts","location":"canadacentral","tags":{{}},"properties":{{
            "allowCrossTenantReplication":false,"minimumTlsVersion":"TLS1_0","allowBlobPublicAccess":false,
            "networkAcls":{{"bypass":"AzureServices","virtualNetworkRules":[],"ipRules":[],"defaultAction":"Allow"}},
            "provisioningState":"Succeeded","primaryEndpoints":{{"blob":"https://sta.blob.core.windows.net/"}}}}}}"#
        ))
        .expect("an account");
        assert_eq!(
            account.blob_endpoint.as_deref(),
            Some("https://sta.blob.core.windows.net/")
        );
        assert_eq!(account.allow_shared_key_access, None);
        assert_eq!(account.allow_cross_tenant_replication, Some(false));
        assert_eq!(account.sku_name.as_deref(), Some("Standard_LRS"));
        assert!(
            account.takes_keys() && account.is_reachable_by_azure(),
            "{account:?}"
        );
    }

    #[test]
    fn keys_are_taken_unless_it_is_said_that_they_are_not() {
        for (properties, expected) in [
            ("{}", true),
            ("null", true),
            (r#"{"allowSharedKeyAccess":null}"#, true),
            (r#"{"allowSharedKeyAccess":true}"#, true),
            (r#"{"allowSharedKeyAccess":false}"#, false),
            (r#"{"allowSharedKeyAccess":"false"}"#, true),
        ] {
            assert_eq!(read(properties).takes_keys(), expected, "{properties}");
        }
    }

    #[test]
    fn the_policy_on_sas_is_read() {
        let hours = |hours: u64| Some(Duration::from_secs(hours * 3600));
        for (policy, longest, blocks) in [
            (
                r#"{"sasExpirationPeriod":"0.08:00:00","expirationAction":"Log"}"#,
                hours(8),
                false,
            ),
            (
                r#"{"sasExpirationPeriod":"1.00:00:00","expirationAction":"block"}"#,
                hours(24),
                true,
            ),
            (r#"{"sasExpirationPeriod":"30:00:00"}"#, hours(30), false),
            (
                r#"{"sasExpirationPeriod":"0.00:00:00","expirationAction":"Block"}"#,
                None,
                false,
            ),
            (
                r#"{"sasExpirationPeriod":"99999999999999999.00:00:00"}"#,
                None,
                false,
            ),
            (r#"{"sasExpirationPeriod":"a day"}"#, None, false),
            (r#"{"sasExpirationPeriod":"1.02:03"}"#, None, false),
            (r#"{"sasExpirationPeriod":"1.02:03:04:05"}"#, None, false),
            ("{}", None, false),
            ("null", None, false),
        ] {
            let found = read(&format!(r#"{{"sasPolicy":{policy}}}"#)).sas_policy();
            assert_eq!(found.map(|found| found.longest), longest, "{policy}");
            assert_eq!(found.is_some_and(|found| found.blocks), blocks, "{policy}");
        }
    }

    #[test]
    fn a_firewall_keeps_out_whom_it_does_not_let_by() {
        for (properties, expected) in [
            ("{}", true),
            (
                r#"{"networkAcls":{"defaultAction":"Allow","bypass":"None"}}"#,
                true,
            ),
            (
                r#"{"networkAcls":{"defaultAction":"Deny","bypass":"None"}}"#,
                false,
            ),
            (r#"{"networkAcls":{"defaultAction":"Deny"}}"#, false),
            (
                r#"{"networkAcls":{"defaultAction":"Deny","bypass":"Logging, AzureServices"}}"#,
                true,
            ),
            (r#"{"publicNetworkAccess":"Disabled"}"#, false),
            (r#"{"publicNetworkAccess":"Enabled","networkAcls":null}"#, true),
        ] {
            assert_eq!(read(properties).is_reachable_by_azure(), expected, "{properties}");
        }
    }
}
