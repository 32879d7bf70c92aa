//! Whether this vault can have the datasource at all: another instance of it, region, tenant.

use arm_client::data_protection::ProtectionState;
use arm_core::ResourceId;

use super::ProtectionFacts;
use crate::{
    findings::{Finding, Fix, Severity},
    region, routes, text,
};

/// One instance per datasource in all vaults: `UserErrorDppDatasourceAlreadyProtected` (reference B10; the documents'
/// first response).
pub(super) fn already_protected(facts: &ProtectionFacts) -> Option<Finding> {
    let protecting = facts.protecting.first()?;
    let (name, vault) = (protecting.instance.name(), vault_name(&protecting.instance));
    let state = protecting.state.as_ref();
    let keeps = "Azure takes one instance of a datasource, in whatever vault; one that was stopped counts, since it keeps its backups.";
    let (title, consequence) = match state {
        Some(ProtectionState::Stopped | ProtectionState::Suspended | ProtectionState::RetentionSuspended) => {
            (
                format!("It is in vault '{vault}', with its protection stopped"),
                format!(
                    "{keeps} Resume protection there, or delete that instance with its backup data first."
                ),
            )
        }
        Some(ProtectionState::ConfiguringFailed | ProtectionState::Error) => (
            format!("It is in vault '{vault}', and something is wrong there"),
            format!("{keeps} Open that instance to see what is wrong, or delete it first."),
        ),
        _ => (
            format!("It is protected already, in vault '{vault}'"),
            format!("{keeps} To protect it here, delete that instance with its backup data first."),
        ),
    };
    let state = state.map_or("Unknown", ProtectionState::as_str);
    Some(Finding {
        id: "already-protected",
        severity: Severity::Blocks,
        title,
        consequence,
        evidence: Some(format!("Azure gave the state of '{name}' as '{state}'.")),
        fix: routes::instance(&protecting.instance).map(|path| Fix::Link {
            label: "View instance",
            path,
        }),
        mended: "Nothing protects it yet",
    })
}

/// A soft-deleted instance is in the way in its own vault; another vault may have the datasource (reference E, *soft
/// delete*).
pub(super) fn soft_deleted(facts: &ProtectionFacts) -> Option<Finding> {
    let deleted = facts
        .deleted
        .iter()
        .find(|deleted| deleted.source.as_ref() == Some(&facts.datasource.id))?;
    let until = deleted.deletion.as_ref().and_then(|end| end.purged);
    let purged = match until {
        Some(until) => format!("until it is purged on {}", text::sentence_moment(until)),
        None => "until it is purged; when that is Azure does not say".to_owned(),
    };
    let vault = deleted.vault()?;
    Some(Finding {
        id: "soft-deleted",
        severity: Severity::Blocks,
        title: "A soft-deleted instance of it is in this vault".to_owned(),
        consequence: format!(
            "It is in the way {purged}. Undelete it and resume its protection, or take another vault."
        ),
        evidence: Some(format!(
            "The vault's soft-deleted instances have '{}'.",
            deleted.name
        )),
        fix: Some(Fix::Link {
            label: "View the vault",
            path: routes::vault(&vault),
        }),
        mended: "No soft-deleted instance is in the way",
    })
}

/// Vault and datasource are in one region (reference E, *placement*; support matrix).
pub(super) fn other_region(facts: &ProtectionFacts) -> Option<Finding> {
    let vaults = region::display_name(facts.vault?.location.as_deref()?);
    let own = region::display_name(&facts.datasource.location);
    (!own.is_empty() && own != vaults).then(|| Finding {
        id: "other-region",
        severity: Severity::Blocks,
        title: format!("It is in {own}, the vault in {vaults}"),
        consequence:
            "A vault protects what is in its own region. Take or create a vault in the other region."
                .to_owned(),
        evidence: Some(format!(
            "Azure gave the location of the datasource as '{}'; Microsoft's support matrix.",
            facts.datasource.location
        )),
        fix: None,
        mended: "The vault is in the same region",
    })
}

/// The subscription may differ, the tenant may not (reference E, *placement*; support matrix).
pub(super) fn other_tenant(facts: &ProtectionFacts) -> Option<Finding> {
    let (own, vaults) = (facts.tenant?, facts.vault?.tenant_id.as_deref()?);
    (!own.eq_ignore_ascii_case(vaults)).then(|| Finding {
        id: "other-tenant",
        severity: Severity::Blocks,
        title: "It is in another tenant than the vault".to_owned(),
        consequence: "A vault protects what is in its own tenant. Take a vault of the datasource's tenant.".to_owned(),
        evidence: Some(format!(
            "Its subscription is in the tenant '{own}', the vault's identity in '{vaults}'; Microsoft's support matrix."
        )),
        fix: None,
        mended: "The vault is in the same tenant",
    })
}

fn vault_name(instance: &ResourceId) -> String {
    instance
        .parent()
        .map_or_else(String::new, |vault| vault.name().to_owned())
}
