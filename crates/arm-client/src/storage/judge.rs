//! The judgement on a SAS URI before it is sent (reference A3, G7).

mod address;
mod scope;
mod validity;

use std::time::Duration;

use arm_core::Timestamp;

use super::{Cloud, SasFinding, SasRule, SasSeverity, SasUri};

/// Everything about a SAS URI of which a long-term retention backup fails or may fail, in the order of
/// [`SasRule::ALL`]; nothing where it is as it should be.
///
/// `expected_duration` is how long the backup is expected to take. What is found says what it is and how it is
/// mended, and holds nothing of the signature.
pub fn judge(sas: &SasUri, now: Timestamp, expected_duration: Duration, cloud: Cloud) -> Vec<SasFinding> {
    let mut findings = Vec::new();
    let mut find = |found: Option<SasFinding>| findings.extend(found);
    find(address::https(sas));
    find(address::host(sas, cloud));
    find(address::container(sas));
    find(address::repeated(sas));
    find(address::signature(sas));
    find(scope::version(sas));
    find(scope::resource(sas));
    find(scope::policy(sas));
    find(scope::permissions(sas));
    find(scope::excess(sas));
    find(validity::start(sas, now));
    find(validity::expiry(sas, now, expected_duration));
    find(validity::protocol(sas));
    find(validity::addresses(sas));
    findings
}

fn blocks(rule: SasRule, what: &str, mend: &str) -> SasFinding {
    finding(rule, SasSeverity::Blocks, what, mend)
}

fn warns(rule: SasRule, what: &str, mend: &str) -> SasFinding {
    finding(rule, SasSeverity::Warns, what, mend)
}

fn finding(rule: SasRule, severity: SasSeverity, what: &str, mend: &str) -> SasFinding {
    SasFinding {
        rule,
        severity,
        what: what.to_owned(),
        mend: mend.to_owned(),
    }
}

#[cfg(test)]
mod tests;
