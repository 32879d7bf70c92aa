use super::*;

const NOW: &str = "2026-03-12T09:41:22Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// A server as Azure would answer it, with these fields.
fn server(fields: &str) -> FlexibleServer {
    let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
    let json = format!(r#"{{"id":"{id}",{fields}}}"#);
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn with_properties(properties: &str) -> FlexibleServer {
    server(&format!(r#""properties":{{{properties}}}"#))
}

fn running(name: &str, since: &str, is_certain: bool) -> Running {
    Running {
        name: name.to_owned(),
        since: at(since),
        is_certain,
    }
}

fn problem(kind: ProblemKind) -> Problem {
    Problem {
        kind,
        reason: "Azure answered 503 Service Unavailable.".to_owned(),
        ..Problem::default()
    }
}

fn facts<'a>() -> TakeBackupFacts<'a> {
    TakeBackupFacts {
        server: None,
        server_read_at: Some(at("2026-03-12T09:40:00Z")),
        server_problem: None,
        on_demand: None,
        backups_problem: None,
        running: &[],
        on_demand_list: "/list?type=on-demand".to_owned(),
        now: at(NOW),
    }
}

/// `id severity: title | evidence` of each finding.
fn found(facts: &TakeBackupFacts) -> Vec<String> {
    let findings = take_backup(facts).into_iter();
    findings
        .map(|finding| {
            let Finding {
                id,
                severity,
                title,
                evidence,
                ..
            } = finding;
            let evidence = evidence.unwrap_or_default().replace('\u{a0}', " ");
            format!("{id} {severity:?}: {title} | {evidence}")
        })
        .collect()
}

#[test]
fn a_ready_server_with_room_has_no_findings_and_neither_has_one_that_is_still_read() {
    let server = server(
        r#""sku":{"name":"Standard_D4ds_v5","tier":"GeneralPurpose"},
           "properties":{"state":"Ready","storage":{"type":""},"replicationRole":"Primary"}"#,
    );
    let known = TakeBackupFacts {
        server: Some(&server),
        on_demand: Some(6),
        ..facts()
    };
    assert_eq!(found(&known), [""; 0]);
    assert_eq!(found(&facts()), [""; 0], "nothing is said while it is read");
}

#[test]
fn what_the_server_is_stands_in_the_way_with_azures_own_word_as_evidence() {
    for (server, expected) in [
        (
            with_properties(r#""state":"Stopped""#),
            "not-ready Warns: The server is stopped | Azure gave its state as 'Stopped', read at 09:40:00 UTC.",
        ),
        (
            with_properties(r#""state":"Updating""#),
            "not-ready Warns: The server is not ready | Azure gave its state as 'Updating', read at 09:40:00 UTC.",
        ),
        (
            with_properties(r#""state":"Provisioning""#),
            "not-ready Warns: The server is not ready | Azure gave its state as 'Provisioning', read at 09:40:00 UTC.",
        ),
        (
            with_properties(r#""state":"Dropping""#),
            "not-ready Warns: The server is being deleted | Azure gave its state as 'Dropping', read at 09:40:00 UTC.",
        ),
        (
            with_properties(r#""state":"Inaccessible""#),
            "not-ready Warns: The server is not available | Azure gave its state as 'Inaccessible', read at 09:40:00 UTC.",
        ),
        (
            with_properties(r#""state":"Hibernating""#),
            "not-ready Warns: The server is not ready | Azure gave its state as 'Hibernating', read at 09:40:00 UTC.",
        ),
        (
            server(r#""sku":{"name":"Standard_B1ms","tier":"burstable"}"#),
            "burstable Warns: The server is in the Burstable tier | Azure gave its compute tier as 'burstable', read at 09:40:00 UTC.",
        ),
        (
            with_properties(r#""storage":{"type":"PremiumV2_LRS"}"#),
            "premium-v2 Warns: The server's storage is Premium SSD v2 | Azure gave its storage type as 'PremiumV2_LRS', read at 09:40:00 UTC.",
        ),
        (
            with_properties(r#""replicationRole":"AsyncReplica""#),
            "replica Warns: The server is a read replica | Azure gave its replication role as 'AsyncReplica', read at 09:40:00 UTC.",
        ),
        (
            with_properties(r#""replicationRole":"GeoAsyncReplica""#),
            "replica Warns: The server is a read replica | Azure gave its replication role as 'GeoAsyncReplica', read at 09:40:00 UTC.",
        ),
    ] {
        let known = TakeBackupFacts {
            server: Some(&server),
            ..facts()
        };
        assert_eq!(found(&known), [expected]);
    }
    for properties in [
        r#""state":null"#,
        r#""storage":{"type":"Premium_LRS"}"#,
        r#""replicationRole":"None""#,
    ] {
        let server = with_properties(properties);
        let known = TakeBackupFacts {
            server: Some(&server),
            ..facts()
        };
        assert_eq!(found(&known), [""; 0], "{properties}");
    }
}

#[test]
fn a_backup_of_this_browser_that_runs_is_named_with_the_moment_it_was_triggered() {
    for (running, expected) in [
        (
            running("pre-migration-v43", "2026-03-12T09:41:08Z", true),
            "another-is-running Warns: Another on-demand backup is running | 'pre-migration-v43', triggered in this \
             browser at 09:41:08 UTC, has not completed.",
        ),
        (
            running("v43", "2026-03-11T23:59:08Z", true),
            "another-is-running Warns: Another on-demand backup is running | 'v43', triggered in this browser on \
             11 Mar 2026, 23:59 UTC, has not completed.",
        ),
        (
            running("v43", "2026-03-12T09:41:08Z", false),
            "another-is-running Warns: Another on-demand backup may be running | 'v43', triggered in this browser at \
             09:41:08 UTC, has no known outcome.",
        ),
    ] {
        let running = [running];
        let known = TakeBackupFacts {
            running: &running,
            ..facts()
        };
        assert_eq!(found(&known), [expected]);
    }
}

#[test]
fn the_eighth_on_demand_backup_is_warned_of() {
    for (on_demand, expected) in [(6, 0), (7, 1), (8, 1)] {
        let known = TakeBackupFacts {
            on_demand: Some(on_demand),
            ..facts()
        };
        let found = take_backup(&known);
        assert_eq!(found.len(), expected, "{on_demand}: {found:?}");
        if let [finding] = &found[..] {
            assert_eq!(
                finding.title,
                format!("This server has {on_demand} on-demand backups")
            );
            assert!(
                matches!(&finding.fix, Some(Fix::Link { path, .. }) if path == "/list?type=on-demand"),
                "{finding:?}"
            );
        }
    }
}

#[test]
fn what_is_not_known_is_said_and_does_not_warn_and_a_server_that_is_not_there_blocks() {
    let (unreachable, missing) = (problem(ProblemKind::Passing), problem(ProblemKind::NotFound));
    let ready = with_properties(r#""state":"Ready""#);
    let because = "Azure answered 503 Service Unavailable.";
    for (known, expected) in [
        (
            TakeBackupFacts {
                server_problem: Some(&unreachable),
                ..facts()
            },
            vec![format!(
                "not-known Info: The server's details are not known | {because}"
            )],
        ),
        (
            TakeBackupFacts {
                backups_problem: Some(&unreachable),
                ..facts()
            },
            vec![format!(
                "not-known Info: The list of backups is not known | {because}"
            )],
        ),
        (
            TakeBackupFacts {
                server_problem: Some(&unreachable),
                backups_problem: Some(&unreachable),
                ..facts()
            },
            vec![format!(
                "not-known Info: Neither the server's details nor its backups are known | {because}"
            )],
        ),
        (
            // The last good data stays, and is what counts.
            TakeBackupFacts {
                server: Some(&ready),
                server_problem: Some(&unreachable),
                ..facts()
            },
            vec![],
        ),
        (
            TakeBackupFacts {
                server_problem: Some(&missing),
                ..facts()
            },
            vec![format!(
                "missing-server Blocks: The server is not there | {because}"
            )],
        ),
    ] {
        assert_eq!(found(&known), expected);
    }
}

#[test]
fn the_gravest_stands_first_and_everything_but_a_missing_server_leaves_trigger_enabled() {
    let missing = problem(ProblemKind::NotFound);
    let stopped = server(
        r#""sku":{"name":"Standard_B1ms","tier":"Burstable"},"properties":{"state":"Stopped","replicationRole":"AsyncReplica"}"#,
    );
    let running = [running("v43", NOW, true)];
    let known = TakeBackupFacts {
        server: Some(&stopped),
        server_problem: Some(&missing),
        on_demand: Some(7),
        running: &running,
        ..facts()
    };
    let found = take_backup(&known);
    let ids: Vec<_> = found.iter().map(|finding| finding.id).collect();
    assert_eq!(
        ids,
        [
            "missing-server",
            "another-is-running",
            "not-ready",
            "burstable",
            "replica",
            "as-many-as-are-kept"
        ]
    );
    let blocking: Vec<_> = found
        .iter()
        .filter(|finding| finding.severity == Severity::Blocks)
        .collect();
    assert_eq!(blocking.len(), 1, "{blocking:?}");
    for finding in &found {
        assert!(
            !finding.title.ends_with('.') && finding.consequence.ends_with('.'),
            "{finding:?}"
        );
        assert!(
            finding
                .evidence
                .as_ref()
                .is_some_and(|evidence| evidence.ends_with('.')),
            "{finding:?}"
        );
    }
}
