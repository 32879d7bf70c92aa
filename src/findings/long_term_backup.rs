//! What stands in the way of a long-term retention backup (reference E, row *LTR*; reference A7).

use arm_client::{FlexibleServer, ServerState};

use super::{Finding, Fix, FixAct, Severity, gravest_first};

/// How much data Azure takes into such a backup at most, in GiB: 1 TiB.
const MOST_GIB: u32 = 1024;

/// All findings, the gravest first.
pub fn long_term_backup(server: Option<&FlexibleServer>) -> Vec<Finding> {
    let rules: [fn(&FlexibleServer) -> Option<Finding>; 4] =
        [replica, not_ready, premium_v2, over_a_tebibyte];
    let found = server.map(|server| rules.iter().filter_map(|rule| rule(server)).collect());
    gravest_first(found.unwrap_or_default())
}

fn replica(server: &FlexibleServer) -> Option<Finding> {
    let role = server.replication_role.as_deref()?;
    ["AsyncReplica", "GeoAsyncReplica"]
        .iter()
        .any(|replica| replica.eq_ignore_ascii_case(role))
        .then(|| Finding {
            id: "long-term-replica",
            severity: Severity::Blocks,
            title: "The server is a read replica".to_owned(),
            consequence:
                "Azure takes no long-term retention backups of replicas. Begin one of the primary server."
                    .to_owned(),
            evidence: Some(format!(
                "replicationRole is {role}; Microsoft's document on backup and restore."
            )),
            fix: None,
            mended: "The server is no replica",
        })
}

fn not_ready(server: &FlexibleServer) -> Option<Finding> {
    let state = server
        .state
        .as_ref()
        .filter(|state| **state != ServerState::Ready)?;
    let (severity, title, consequence) = match state {
        ServerState::Stopped | ServerState::Disabled => (
            Severity::Blocks,
            "The server does not run".to_owned(),
            "Azure refuses the backup with ServerNotReadyForLongTermBackup. Start the server first.",
        ),
        _ => (
            Severity::Warns,
            format!("The server is not ready: {state}"),
            "Azure refuses a backup with ServerNotReadyForLongTermBackup while a server is not ready. Wait until it is.",
        ),
    };
    Some(Finding {
        id: "long-term-not-ready",
        severity,
        title,
        consequence: consequence.to_owned(),
        evidence: Some(format!(
            "Its state is {state}; Microsoft's document on troubleshooting."
        )),
        fix: Some(Fix::Button {
            label: "Check again",
            act: FixAct::CheckAgain,
        }),
        mended: "The server is ready",
    })
}

fn premium_v2(server: &FlexibleServer) -> Option<Finding> {
    let storage = server.storage_type.as_deref()?;
    storage
        .eq_ignore_ascii_case("PremiumV2_LRS")
        .then(|| Finding {
            id: "long-term-premium-v2",
            severity: Severity::Blocks,
            title: "The server is on Premium SSD v2".to_owned(),
            consequence: "Azure takes no long-term retention backups of servers on this storage. Dump the databases with pg_dump instead.".to_owned(),
            evidence: Some("Its storage type is PremiumV2_LRS; Microsoft's document on Premium SSD v2.".to_owned()),
            fix: None,
            mended: "The server is on other storage",
        })
}

/// What counts is the data, of which only the storage is known.
fn over_a_tebibyte(server: &FlexibleServer) -> Option<Finding> {
    let size = server.storage_size_gb.filter(|size| *size > MOST_GIB)?;
    Some(Finding {
        id: "long-term-size",
        severity: Severity::Warns,
        title: "The server may hold more than 1 TiB".to_owned(),
        consequence:
            "Azure takes up to 1 TiB of data. Where the databases together hold more, it refuses the backup."
                .to_owned(),
        evidence: Some(format!(
            "Its storage has {size} GiB; how much of it is used is not known here. Microsoft's document on backup and restore."
        )),
        fix: None,
        mended: "The server has no more than 1 TiB of storage",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(properties: &str) -> FlexibleServer {
        let text = format!(
            r#"{{"id":"/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg","name":"pg","properties":{{{properties}}}}}"#
        );
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn each_rule_finds_what_its_source_says_and_no_more() {
        use Severity::{Blocks, Warns};
        for (properties, expected) in [
            (r#""state":"Ready""#, &[][..]),
            ("", &[]),
            (r#""replicationRole":"Primary","state":"Ready""#, &[]),
            (
                r#""replicationRole":"AsyncReplica""#,
                &[("long-term-replica", Blocks)],
            ),
            (
                r#""replicationRole":"GeoAsyncReplica""#,
                &[("long-term-replica", Blocks)],
            ),
            (r#""state":"Stopped""#, &[("long-term-not-ready", Blocks)]),
            (r#""state":"Updating""#, &[("long-term-not-ready", Warns)]),
            (
                r#""storage":{"type":"PremiumV2_LRS"}"#,
                &[("long-term-premium-v2", Blocks)],
            ),
            (r#""storage":{"type":"","storageSizeGB":1024}"#, &[]),
            (
                r#""storage":{"storageSizeGB":2048}"#,
                &[("long-term-size", Warns)],
            ),
            (
                r#""state":"Updating","replicationRole":"AsyncReplica""#,
                &[("long-term-replica", Blocks), ("long-term-not-ready", Warns)],
            ),
        ] {
            let found = long_term_backup(Some(&server(properties)));
            let found: Vec<_> = found
                .iter()
                .map(|finding| (finding.id, finding.severity))
                .collect();
            assert_eq!(found, expected, "{properties}");
        }
        assert!(long_term_backup(None).is_empty(), "nothing is known of it");
    }
}
