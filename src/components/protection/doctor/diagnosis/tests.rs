use arm_client::data_protection::DatasourceKind;

use super::*;

const GROUP: &str = "/subscriptions/s-1/resourceGroups/rg";

fn id(text: &str) -> ResourceId {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn server(name: &str) -> ResourceId {
    id(&format!(
        "{GROUP}/providers/Microsoft.DBforPostgreSQL/flexibleServers/{name}"
    ))
}

fn key_vault(name: &str, goes_by_roles: bool) -> KeyVault {
    let id = format!("{GROUP}/providers/Microsoft.KeyVault/vaults/{name}");
    let json = format!(
        r#"{{"id":"{id}","name":"{name}","properties":{{"tenantId":"t-1","enableRbacAuthorization":{goes_by_roles}}}}}"#
    );
    serde_json::from_str(&json).unwrap_or_else(|error| panic!("{json}: {error}"))
}

fn patient(servers: &[&str]) -> Patient {
    let datasource = |name: &&str| Datasource {
        kind: DatasourceKind::FlexibleServer,
        id: server(name),
        location: "West Europe".to_owned(),
    };
    Patient {
        vault: id(&format!(
            "{GROUP}/providers/Microsoft.DataProtection/backupVaults/bv"
        )),
        principal: "p-1".to_owned(),
        datasources: servers.iter().map(datasource).collect(),
        key_vaults: Vec::new(),
        restores_to: None,
    }
}

/// As though nothing were assigned.
fn nothing_assigned(patient: &Patient, by_policies: Vec<(KeyVault, bool)>) -> Diagnosis {
    let needs = patient.needs(&[]);
    let missing = needs.iter().map(|need| MissingRole {
        role: need.role,
        scope: need.scope.clone(),
        actions: need.needs.iter().map(|need| need.action).collect(),
    });
    Diagnosis {
        missing: missing.collect(),
        needs,
        by_policies,
    }
}

fn words(grants: &[Grant]) -> Vec<String> {
    grants.iter().map(Grant::words).collect()
}

const RETENTION: &str = "'PostgreSQL Flexible Server Long Term Retention Backup Role'";

#[test]
fn servers_of_one_group_share_the_role_there_and_a_key_vault_that_goes_by_roles_has_its_own() {
    let kv = key_vault("kv", true);
    let needs = patient(&["pg-a", "pg-b"]).needs(&[&kv]);
    let told: Vec<_> = needs
        .iter()
        .map(|need| (need.role.name(), need.scope.name(), need.needs.len()))
        .collect();
    assert_eq!(
        told,
        [
            // Each server's own two actions, and the group's one.
            ("Reader", "rg", 5),
            (Role::LongTermRetentionBackup.name(), "pg-a", 3),
            (Role::LongTermRetentionBackup.name(), "pg-b", 3),
            ("Key Vault Secrets User", "kv", 1),
        ]
    );
}

#[test]
fn a_wider_scope_makes_fewer_assignments() {
    let diagnosis = nothing_assigned(&patient(&["pg-a", "pg-b"]), Vec::new());
    for (at, expected) in [
        (
            AssignAt::Resource,
            vec![
                "'Reader' on resource group 'rg'".to_owned(),
                format!("{RETENTION} on server 'pg-a'"),
                format!("{RETENTION} on server 'pg-b'"),
            ],
        ),
        (
            AssignAt::Group,
            vec![
                "'Reader' on resource group 'rg'".to_owned(),
                format!("{RETENTION} on resource group 'rg'"),
            ],
        ),
        (
            AssignAt::Subscription,
            vec![
                "'Reader' on subscription 's-1'".to_owned(),
                format!("{RETENTION} on subscription 's-1'"),
            ],
        ),
    ] {
        assert_eq!(words(&diagnosis.cure(at)), expected, "{at:?}");
        assert_eq!(AssignAt::of(at.label()), at);
    }
}

#[test]
fn a_key_vault_that_goes_by_access_policies_gets_one_whatever_the_scope() {
    let (open, closed) = (key_vault("kv-open", false), key_vault("kv-closed", false));
    let healthy = Diagnosis {
        needs: Vec::new(),
        missing: Vec::new(),
        by_policies: vec![(open.clone(), true)],
    };
    assert!(healthy.is_healthy());
    assert_eq!(healthy.cure(AssignAt::Resource), []);
    let ill = Diagnosis {
        by_policies: vec![(open, true), (closed, false)],
        ..healthy
    };
    assert_eq!((ill.is_healthy(), ill.count()), (false, 1));
    let [grant] = ill.cure(AssignAt::Subscription).try_into().expect("one");
    assert_eq!(grant.words(), "Get and List on secrets on key vault 'kv-closed'");
    assert_eq!(grant.takes(), "Microsoft.KeyVault/vaults/accessPolicies/write");
    let code = as_code(&patient(&["pg-a"]), &[grant]);
    assert_eq!(
        (code.tenant.as_str(), code.location.as_str()),
        ("t-1", "westeurope")
    );
    assert_eq!((code.roles.len(), code.key_vaults.len()), (0, 1));
    assert!(matches!(ill.access(), Access::Known { key_vault: Some(kv), .. } if kv.name() == "kv-closed"));
}

#[test]
fn the_code_for_a_colleague_has_every_grant_and_without_knowledge_all_that_it_takes() {
    let patient = patient(&["pg-a"]);
    let cure = nothing_assigned(&patient, Vec::new()).cure(AssignAt::Resource);
    assert_eq!(all_of(&patient), cure);
    let code = as_code(&patient, &cure);
    assert_eq!(code.principal, "p-1");
    assert_eq!(
        code.roles,
        [
            (Role::Reader, id(GROUP)),
            (Role::LongTermRetentionBackup, server("pg-a"))
        ]
    );
}

#[test]
fn whoever_restores_to_a_container_needs_the_role_at_its_account_and_is_told_so() {
    let account = id(&format!(
        "{GROUP}/providers/Microsoft.Storage/storageAccounts/sta"
    ));
    let container = id(&format!("{account}/blobServices/default/containers/restored"));
    let restoring = Patient {
        restores_to: Some(RestorePlace {
            account: account.clone(),
            container: container.clone(),
            location: "West Europe".to_owned(),
        }),
        ..patient(&[])
    };
    let needs = restoring.needs(&[]);
    let found: Vec<_> = needs.iter().map(|need| (need.role, need.scope.clone())).collect();
    assert_eq!(found, [(Role::StorageBlobDataContributor, account.clone())]);
    assert_eq!(needs[0].needs[0].at, container, "a role at the container will do");
    assert_eq!(restoring.purpose(), "restore to 'restored'");
    assert_eq!(restoring.again().0, "checked", "it is yet to be validated");
    let code = as_code(&restoring, &all_of(&restoring));
    assert_eq!(code.location, "westeurope");
    assert_eq!(code.roles, [(Role::StorageBlobDataContributor, account.clone())]);
    assert_eq!(place(&account), ("Storage account", "sta"));
    assert_eq!(patient(&["pg-a"]).purpose(), "back up 'pg-a'");
    assert_eq!(patient(&["pg-a", "pg-b"]).purpose(), "back up 2 datasources");
}
