use super::*;
use crate::data_protection::{Datasource, DatasourceKind};

const VAULT: &str = "5e1f0001-0000-4000-8000-0000000000a1";
const SUBSCRIPTION: &str = "/subscriptions/s-1";
const GROUP: &str = "/subscriptions/s-1/resourceGroups/rg";
const SERVER: &str =
    "/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg";
const SINGLE: &str = "/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/servers/pgs";

fn id(text: &str) -> ResourceId {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn permission(actions: &[&str], not_actions: &[&str]) -> Permission {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Permission {
        actions: owned(actions),
        not_actions: owned(not_actions),
        ..Permission::default()
    }
}

fn grant(scope: &str, holder: &str, kind: &str, permissions: Vec<Permission>) -> Grant {
    Grant {
        assignment: RoleAssignment {
            id: format!("{scope}/providers/Microsoft.Authorization/roleAssignments/a"),
            name: "a".to_owned(),
            scope: scope.to_owned(),
            role_definition_id: "/providers/Microsoft.Authorization/roleDefinitions/r".to_owned(),
            principal_id: holder.to_owned(),
            principal_type: Some(kind.to_owned()),
        },
        permissions,
    }
}

fn own(scope: &str, permissions: Vec<Permission>) -> Grant {
    grant(scope, VAULT, "ServicePrincipal", permissions)
}

fn reader() -> Vec<Permission> {
    vec![permission(&["*/read"], &[])]
}

/// The built-in role's own actions.
fn retention() -> Vec<Permission> {
    let actions = [
        "Microsoft.DBforPostgreSQL/flexibleServers/ltrBackupOperations/read",
        "Microsoft.DBforPostgreSQL/flexibleServers/ltrPreBackup/action",
        "Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/action",
        "Microsoft.Resources/subscriptions/resourceGroups/read",
    ];
    vec![permission(&actions, &[])]
}

fn check(grants: &[Grant], expected: &[(Role, &str)]) {
    let server = Datasource {
        kind: DatasourceKind::FlexibleServer,
        id: id(SERVER),
        location: "westeurope".to_owned(),
    };
    let missing = missing_roles(VAULT, &RoleNeed::of_backup(&server), grants);
    let told: Vec<_> = missing
        .iter()
        .map(|missing| (missing.role, missing.scope.as_str()))
        .collect();
    assert_eq!(told, expected, "{grants:?}");
}

const READER: (Role, &str) = (Role::Reader, GROUP);
const RETENTION: (Role, &str) = (Role::LongTermRetentionBackup, SERVER);

#[test]
fn nothing_granted_lacks_everything_where_the_documentation_assigns_it() {
    check(&[], &[READER, RETENTION]);
}

#[test]
fn roles_assigned_directly_are_enough() {
    check(&[own(GROUP, reader()), own(SERVER, retention())], &[]);
    check(&[own(GROUP, reader())], &[RETENTION]);
    check(&[own(SERVER, retention())], &[READER]);
}

#[test]
fn roles_are_inherited_from_above_and_in_any_case() {
    check(
        &[own(SUBSCRIPTION, reader()), own(SUBSCRIPTION, retention())],
        &[],
    );
    check(&[own("/", reader()), own("/", retention())], &[]);
    check(
        &[
            own(&SUBSCRIPTION.to_uppercase(), reader()),
            own(&GROUP.to_lowercase(), retention()),
        ],
        &[],
    );
}

#[test]
fn roles_beside_or_below_do_not_count() {
    check(
        &[
            own(&format!("{GROUP}-2"), reader()),
            own(&format!("{SERVER}2"), retention()),
        ],
        &[READER, RETENTION],
    );
    // A reader of the server alone cannot read its group.
    check(&[own(SERVER, reader()), own(SERVER, retention())], &[READER]);
    check(
        &[
            own(GROUP, reader()),
            own(&format!("{SERVER}/backups/b"), retention()),
        ],
        &[RETENTION],
    );
}

#[test]
fn a_group_passes_its_roles_on_and_somebody_else_does_not() {
    let by = |holder: &str, kind: &str| {
        [
            grant(GROUP, holder, kind, reader()),
            grant(SERVER, holder, kind, retention()),
        ]
    };
    check(&by("a-group", "Group"), &[]);
    check(&by("another-vault", "ServicePrincipal"), &[READER, RETENTION]);
    check(&by(&VAULT.to_uppercase(), "ServicePrincipal"), &[]);
}

#[test]
fn what_a_role_allows_counts_and_not_what_it_is_called() {
    let whole = vec![permission(&["*"], &[])];
    check(&[own(SUBSCRIPTION, whole)], &[]);
    // A custom role with wildcards, beside another one for the rest.
    let custom = vec![permission(
        &[
            "Microsoft.DBforPostgreSQL/*/action",
            "Microsoft.DBforPostgreSQL/*/read",
        ],
        &[],
    )];
    check(&[own(GROUP, reader()), own(SERVER, custom)], &[]);
}

#[test]
fn what_a_role_withholds_is_missing_unless_another_entry_grants_it() {
    let start = "Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/action";
    let narrowed = permission(
        &["*"],
        &["Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/*"],
    );
    check(&[own(SUBSCRIPTION, vec![narrowed.clone()])], &[RETENTION]);
    check(
        &[own(
            SUBSCRIPTION,
            vec![narrowed.clone(), permission(&[start], &[])],
        )],
        &[],
    );
    check(
        &[
            own(SUBSCRIPTION, vec![narrowed]),
            own(SERVER, vec![permission(&[start], &[])]),
        ],
        &[],
    );
}

#[test]
fn only_the_actions_that_are_missing_are_told() {
    let pre = "Microsoft.DBforPostgreSQL/flexibleServers/ltrPreBackup/action";
    let server = Datasource {
        kind: DatasourceKind::FlexibleServer,
        id: id(SERVER),
        location: "westeurope".to_owned(),
    };
    let grants = [own(GROUP, reader()), own(SERVER, vec![permission(&[pre], &[])])];
    let missing = missing_roles(VAULT, &RoleNeed::of_backup(&server), &grants);
    assert_eq!(missing.len(), 1);
    // Reading is the reader's already.
    assert_eq!(
        missing[0].actions,
        ["Microsoft.DBforPostgreSQL/flexibleServers/startLtrBackup/action"]
    );
}

#[test]
fn a_database_needs_a_reader_on_its_server_and_its_secret_a_role_on_data() {
    let database = Datasource {
        kind: DatasourceKind::SingleServerDatabase,
        id: id(&format!("{SINGLE}/databases/crm")),
        location: "westeurope".to_owned(),
    };
    let missing = |grants: &[Grant]| missing_roles(VAULT, &RoleNeed::of_backup(&database), grants);
    assert_eq!(missing(&[])[0].scope, id(SINGLE));
    assert!(missing(&[own(SINGLE, reader())]).is_empty());

    let vault = id("/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/kv");
    let need = [RoleNeed::of_secrets(&vault)];
    let owner = [own(SUBSCRIPTION, vec![permission(&["*"], &[])])];
    assert_eq!(
        missing_roles(VAULT, &need, &owner)[0].role,
        Role::KeyVaultSecretsUser,
        "an owner reads no data"
    );
    let user = Permission {
        data_actions: vec!["Microsoft.KeyVault/vaults/secrets/getSecret/action".to_owned()],
        ..Permission::default()
    };
    assert!(missing_roles(VAULT, &need, &[own(vault.as_str(), vec![user])]).is_empty());
}
