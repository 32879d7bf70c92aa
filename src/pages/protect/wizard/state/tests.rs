use DatasourceKind::{FlexibleServer, SingleServerDatabase};

use super::*;

const VAULT: &str = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv";
const SERVER: &str =
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
const OTHER: &str =
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-2";
const CRM: &str =
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/servers/pgs/databases/crm";

fn id(text: &str) -> ResourceId {
    text.parse().expect("an id")
}

fn read(pairs: &[(&str, &str)]) -> Choices {
    let owned: Vec<_> = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Choices::from_query(&owned)
}

fn full() -> Choices {
    Choices {
        kind: FlexibleServer,
        vault: Some(id(VAULT)),
        policy: Some("weekly".to_owned()),
        sources: vec![id(SERVER), id(OTHER)],
        step: Step::Review,
    }
}

#[test]
fn the_query_says_all_that_is_chosen_and_gives_it_back() {
    let databases = Choices {
        kind: SingleServerDatabase,
        sources: vec![id(CRM)],
        step: Step::Datasources,
        ..full()
    };
    for choices in [Choices::default(), full(), databases, full().at(Step::Policy)] {
        assert_eq!(
            Choices::from_query(&choices.to_query()),
            choices,
            "{:?}",
            choices.to_query()
        );
    }
    assert!(
        Choices::default().to_query().is_empty(),
        "nothing chosen, nothing said"
    );
}

#[test]
fn links_of_other_pages_and_mistyped_ones_open_the_wizard() {
    let one_server = Choices {
        sources: vec![id(SERVER)],
        ..Choices::default()
    };
    for (pairs, expected) in [
        (vec![("server", SERVER)], one_server.clone()),
        (
            vec![("server", SERVER), ("server", &SERVER.to_uppercase())],
            one_server.clone(),
        ),
        (
            vec![("server", CRM)],
            Choices {
                kind: SingleServerDatabase,
                sources: vec![id(CRM)],
                ..Choices::default()
            },
        ),
        // The first says what they are; the rest cannot be protected together with it.
        (vec![("server", SERVER), ("server", CRM)], one_server.clone()),
        (
            vec![("type", "database"), ("server", SERVER)],
            Choices {
                kind: SingleServerDatabase,
                ..Choices::default()
            },
        ),
        (
            vec![("vault", VAULT)],
            Choices {
                vault: Some(id(VAULT)),
                ..Choices::default()
            },
        ),
        (vec![("vault", SERVER), ("policy", "weekly")], Choices::default()),
        (vec![("policy", "weekly")], Choices::default()),
        (
            vec![("vault", VAULT), ("policy", "a/b")],
            Choices {
                vault: Some(id(VAULT)),
                ..Choices::default()
            },
        ),
        (
            vec![("server", VAULT), ("server", "nonsense")],
            Choices::default(),
        ),
        (vec![("step", "nowhere"), ("type", "disk")], Choices::default()),
    ] {
        assert_eq!(read(&pairs), expected, "{pairs:?}");
    }
}

#[test]
fn a_change_makes_void_what_hangs_on_it_and_nothing_else() {
    let other_vault = id(&format!("{VAULT}-2"));
    let same_vault = id(&VAULT.replace("backupVaults", "BackupVaults"));
    let void = |choices: Choices| (choices.policy.is_none(), choices.sources.len());
    for (what, changed, expected) in [
        ("another kind", full().with_kind(SingleServerDatabase), (true, 0)),
        ("the same kind", full().with_kind(FlexibleServer), (false, 2)),
        ("another vault", full().with_vault(other_vault), (true, 2)),
        (
            "the same vault in another spelling",
            full().with_vault(same_vault),
            (false, 2),
        ),
        (
            "another policy",
            full().with_policy("monthly".to_owned()),
            (false, 2),
        ),
        (
            "one more",
            full().with_sources(vec![id(SERVER), id(CRM)]),
            (false, 3),
        ),
        ("one less", full().without_source(&id(OTHER)), (false, 1)),
    ] {
        assert_eq!(void(changed), expected, "{what}");
    }
}

#[test]
fn a_vault_is_spelled_as_in_the_documents() {
    let live = VAULT
        .replace("resourceGroups", "resourcegroups")
        .replace("backupVaults", "BackupVaults");
    let choices = Choices::default().with_vault(id(&live));
    assert_eq!(choices.vault.as_ref().map(ResourceId::as_str), Some(VAULT));
}

#[test]
fn a_step_is_shown_once_those_before_it_lack_nothing() {
    let empty = Choices::default().at(Step::Review);
    let with_vault = empty.clone().with_vault(id(VAULT));
    let with_policy = with_vault.clone().with_policy("weekly".to_owned());
    let with_server = with_policy.clone().with_sources(vec![id(SERVER)]);
    for (choices, shown, open) in [
        (empty, Step::Basics, 1),
        (with_vault, Step::Policy, 2),
        (with_policy, Step::Datasources, 3),
        (with_server.clone(), Step::Review, 4),
        (with_server.at(Step::Policy), Step::Policy, 4),
    ] {
        assert_eq!(choices.shown(), shown, "{choices:?}");
        let may_open = Step::ALL.into_iter().filter(|step| choices.may_open(*step));
        assert_eq!(may_open.count(), open, "{choices:?}");
    }
}

#[test]
fn steps_follow_each_other() {
    for (step, previous, next) in [
        (Step::Basics, None, Some(Step::Policy)),
        (Step::Policy, Some(Step::Basics), Some(Step::Datasources)),
        (Step::Datasources, Some(Step::Policy), Some(Step::Review)),
        (Step::Review, Some(Step::Datasources), None),
    ] {
        assert_eq!((step.previous(), step.next()), (previous, next), "{step:?}");
    }
}

#[test]
fn each_kind_says_in_its_own_word_what_is_lacking() {
    let lacks = |kind| Choices::default().with_kind(kind).lacks(Step::Datasources);
    assert_eq!(lacks(FlexibleServer), Some("Add at least one server."));
    assert_eq!(lacks(SingleServerDatabase), Some("Add at least one database."));
}
