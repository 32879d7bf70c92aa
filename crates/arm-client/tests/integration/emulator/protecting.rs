//! Both documents from validate to delete (S1, S4), in the newest version and in theirs.

use arm_client::{
    ArmError, Poller, Progress, ServiceError,
    authorization::{Role, RoleNeed},
    data_protection::{
        BackupInstance, DataProtection, Datasource, DatasourceKind, Done, NewInstance, ProtectionProgress,
        ProtectionState, instance_name,
    },
};
use arm_core::{Method, ResourceId};
use arm_emulator::{FaultKind, directory};

use super::{Azure, PRODUCTION, orders, refusal, server};
use crate::support::{block_on, seconds};

const GUID: &str = "857d23b1-c679-4c94-ade6-c4d34635e149";
/// The documents' version; the other one is the client's own.
const FIRST_VERSION: &str = "2021-01-01";
const OWN_VERSION: &str = arm_client::api_versions::DATA_PROTECTION;

pub(super) fn in_production(path: &str) -> ResourceId {
    let text = format!("/subscriptions/{PRODUCTION}/resourceGroups/{path}");
    text.parse().expect("an id")
}

pub(super) fn vault() -> ResourceId {
    in_production("rg-backup-prod/providers/Microsoft.DataProtection/backupVaults/bv-commerce-weu")
}

pub(super) fn flexible(server: ResourceId) -> NewInstance {
    NewInstance {
        datasource: Datasource {
            kind: DatasourceKind::FlexibleServer,
            id: server,
            location: "westeurope".to_owned(),
        },
        policy: vault().child("backupPolicies", "pgflex-weekly").expect("an id"),
        secret: None,
    }
}

fn database(name: &str, key_vault: &str, secret: &str) -> NewInstance {
    let server = "rg-billing-prod/providers/Microsoft.DBforPostgreSQL/servers/pgs-legacy";
    NewInstance {
        datasource: Datasource {
            kind: DatasourceKind::SingleServerDatabase,
            id: in_production(&format!("{server}/databases/{name}")),
            location: "westeurope".to_owned(),
        },
        policy: vault().child("backupPolicies", "pgsingle-weekly").expect("an id"),
        secret: Some(format!("https://{key_vault}.vault.azure.net/secrets/{secret}")),
    }
}

impl Azure {
    pub(super) fn backup(&self, version: &'static str) -> DataProtection {
        self.client.data_protection().in_version(version)
    }

    /// Validates to the end.
    fn validate(&self, version: &'static str, instance: &NewInstance) -> Result<(), ArmError> {
        let poller = block_on(self.backup(version).begin_validate(&vault(), instance))?;
        self.finish(poller).map(|_| ())
    }

    pub(super) fn finish<T: serde::de::DeserializeOwned>(
        &self,
        mut poller: Poller<T>,
    ) -> Result<T, ArmError> {
        block_on(async {
            loop {
                match poller.next().await? {
                    Progress::Running { .. } => {}
                    Progress::Finished => return poller.result().await,
                    Progress::Unknown => panic!("the polling URL was readable"),
                }
            }
        })
    }

    /// Configures protection to the end; gives each word that was told on the way.
    fn protect(
        &self,
        version: &'static str,
        instance: &NewInstance,
    ) -> (Result<BackupInstance, ArmError>, Vec<String>) {
        let name = instance_name(&instance.datasource, GUID);
        let mut told = Vec::new();
        let outcome = block_on(async {
            let mut poller = self
                .backup(version)
                .begin_configure(&vault(), &name, instance)
                .await?;
            loop {
                match poller.next().await? {
                    ProtectionProgress::Configuring { status } => {
                        if told.last() != Some(&status) {
                            told.push(status);
                        }
                    }
                    ProtectionProgress::Protected(instance) => return Ok(*instance),
                }
            }
        });
        (outcome, told)
    }

    /// Assigns what the doctor says is missing.
    pub(super) fn assign_missing(&self, principal: &str, needs: &[RoleNeed]) -> usize {
        let roles = self.client.authorization();
        let missing = block_on(roles.missing_roles(principal, needs)).expect("an answer");
        for missing in &missing {
            let name = format!("cccccccc-0000-4000-8000-{:012}", self.transport.requests().len());
            block_on(roles.assign(&missing.scope, &name, missing.role, principal)).expect("an assignment");
        }
        missing.len()
    }
}

/// The words of a failed operation.
pub(super) fn failure(outcome: Result<(), ArmError>) -> Box<ServiceError> {
    match outcome {
        Err(ArmError::OperationFailed(error)) => error,
        other => panic!("{other:?}"),
    }
}

/// Everything that the document shows: 400, 202, failed, succeeded, 201, 202.
fn follow_the_document(version: &'static str, protected: &NewInstance, instance: &NewInstance, name: &str) {
    let azure = Azure::new();
    let backup = azure.backup(version);

    let refused = azure
        .validate(version, protected)
        .expect_err("it is protected already");
    let ArmError::Service(error) = &refused else {
        panic!("{refused:?}")
    };
    assert_eq!(
        (error.status, error.code.as_str()),
        (400, "UserErrorDppDatasourceAlreadyProtected")
    );
    assert!(error.message.contains(vault().as_str()), "{error}");
    assert!(
        error.recommended_actions[0].starts_with("Delete the backup instance "),
        "{error:?}"
    );

    if instance.datasource.kind == DatasourceKind::FlexibleServer {
        let error = failure(azure.validate(version, instance));
        assert_eq!(
            (error.status, error.code.as_str()),
            (200, "UserErrorMissingRequiredPermissions")
        );
        let exact = &error.details[0].message;
        let expected = format!("The client '{0}' with object id '{0}'", directory::COMMERCE_VAULT);
        assert!(exact.contains(&expected), "{exact}");
        assert!(
            exact.contains("'Microsoft.Authorization/roleAssignments/read'"),
            "{exact}"
        );
        assert!(
            error.recommended_actions[0].contains("https://aka.ms/"),
            "{error:?}"
        );
        let needs = RoleNeed::of_backup(&instance.datasource);
        assert_eq!(azure.assign_missing(directory::COMMERCE_VAULT, &needs), 2);
    }
    let before = azure.clock.elapsed();
    azure.validate(version, instance).expect("it can be protected");
    assert_eq!(
        azure.clock.elapsed() - before,
        seconds(20),
        "12 s, asked every 10 s"
    );

    let (outcome, told) = azure.protect(version, instance);
    let made = outcome.expect("it is protected");
    assert_eq!(
        told,
        ["Accepted", "ConfiguringProtection"],
        "the operation's end is not the end"
    );
    assert_eq!(
        (made.name.as_str(), &made.state),
        (name, &Some(ProtectionState::Protected))
    );
    assert_eq!(made.source.as_ref(), Some(&instance.datasource.id));
    assert_eq!(made.policy.as_ref(), Some(&instance.policy));
    assert_eq!(made.secret, instance.secret);
    assert_eq!(
        azure.count(Method::Put),
        if instance.secret.is_some() { 1 } else { 3 }
    );
    assert_eq!(
        azure.validate(version, instance).expect_err("now it is").code(),
        Some("UserErrorDppDatasourceAlreadyProtected")
    );

    let poller = block_on(backup.begin_delete(&made.id)).expect("a begun deletion");
    azure.finish(poller).expect("it is deleted");
    let gone = block_on(backup.instance(&made.id)).expect_err("it is gone");
    assert_eq!(gone.code(), Some("ResourceNotFound"));
    let again = block_on(backup.begin_delete(&made.id)).expect("what is gone may be deleted");
    azure.finish(again).expect("nothing is left to do");

    let requests = azure.transport.requests();
    let of_backup = requests
        .iter()
        .filter(|request| request.url.contains("/Microsoft.DataProtection/"));
    let expected = format!("api-version={version}");
    for request in of_backup {
        assert!(
            request.url.contains(&expected),
            "{} {}",
            request.method,
            request.url
        );
        let is_status = request.url.contains("/operationStatus/");
        assert_eq!(
            is_status && request.url.contains("/locations/westeurope/"),
            is_status && version == FIRST_VERSION,
            "{}",
            request.url
        );
    }
}

#[test]
fn the_document_on_flexible_servers_is_followed_from_validate_to_delete() {
    let protected = flexible(server("rg-billing-prod", "pg-billing-prod"));
    for version in [OWN_VERSION, FIRST_VERSION] {
        follow_the_document(
            version,
            &protected,
            &flexible(orders()),
            &format!("pg-orders-prod-{GUID}"),
        );
    }
}

#[test]
fn the_document_on_databases_is_followed_from_validate_to_delete() {
    let protected = database("invoices", "kv-commerce-prod", "pgs-legacy-backup");
    let instance = database("crm", "kv-commerce-prod", "pgs-legacy-backup");
    for version in [OWN_VERSION, FIRST_VERSION] {
        follow_the_document(version, &protected, &instance, &format!("pgs-legacy-crm-{GUID}"));
    }
}

#[test]
fn a_database_whose_secret_may_not_be_read_is_mended_by_role_or_by_policy() {
    let azure = Azure::new();
    let by_role = database("crm", "kv-platform-prod", "pgs-legacy-crm");
    let error = failure(azure.validate(OWN_VERSION, &by_role));
    assert_eq!(error.code, "UserErrorMissingPermissionsOnSecretStore");
    let key_vaults = azure.client.key_vaults();
    let group = in_production("rg-backup-prod");
    let listed = block_on(key_vaults.list(&group)).expect("key vaults");
    let key_vault = listed
        .iter()
        .find(|found| found.name == "kv-platform-prod")
        .expect("the key vault");
    assert!(key_vault.goes_by_roles);
    let needs = [RoleNeed::of_secrets(&key_vault.id)];
    assert_eq!(azure.assign_missing(directory::COMMERCE_VAULT, &needs), 1);
    azure
        .validate(OWN_VERSION, &by_role)
        .expect("it can be protected");

    // The other one goes by access policies; a vault without one gets it.
    let other = listed
        .iter()
        .find(|found| found.name == "kv-commerce-prod")
        .expect("the key vault");
    assert!(other.lets_read_secrets(directory::COMMERCE_VAULT));
    assert!(!other.lets_read_secrets(directory::ARCHIVE_VAULT));
    block_on(key_vaults.let_read_secrets(&other.id, directory::TENANT_ID, directory::ARCHIVE_VAULT))
        .expect("a policy");
    let after = block_on(key_vaults.get(&other.id)).expect("the key vault");
    assert!(after.lets_read_secrets(directory::ARCHIVE_VAULT));
    assert!(
        after.lets_read_secrets(directory::COMMERCE_VAULT),
        "nobody lost anything"
    );
    let secrets = block_on(key_vaults.secrets(&other.id)).expect("secrets");
    assert!(
        secrets
            .iter()
            .any(|secret| secret.uri == other.secret_uri("pgs-legacy-backup")),
        "{secrets:?}"
    );
}

#[test]
fn three_servers_of_which_one_fails_end_each_for_itself() {
    let azure = Azure::new();
    let servers = [
        orders(),
        server("rg-commerce-prod", "pg-catalog-prod"),
        server("rg-commerce-prod", "pg-orders-ro-1"),
    ];
    for server in &servers {
        let needs = RoleNeed::of_backup(&flexible(server.clone()).datasource);
        azure.assign_missing(directory::COMMERCE_VAULT, &needs);
        assert_eq!(azure.assign_missing(directory::COMMERCE_VAULT, &needs), 0);
    }
    let ends = servers.map(|server| {
        let (outcome, _) = azure.protect(OWN_VERSION, &flexible(server));
        outcome
            .map(|instance| instance.state)
            .map_err(|error| error.code().map(str::to_owned))
    });
    assert_eq!(
        ends,
        [
            Ok(Some(ProtectionState::Protected)),
            Ok(Some(ProtectionState::Protected)),
            Err(Some("UserErrorReplicaNotSupported".to_owned())),
        ]
    );
}

#[test]
fn the_doctor_and_the_service_agree_on_every_server() {
    let azure = Azure::new();
    let servers = block_on(azure.client.resource_graph().flexible_servers()).expect("servers");
    assert!(servers.len() >= 10);
    let mut healthy = 0;
    for found in servers {
        let instance = flexible(found.id.clone());
        let needs = RoleNeed::of_backup(&instance.datasource);
        let missing = block_on(
            azure
                .client
                .authorization()
                .missing_roles(directory::COMMERCE_VAULT, &needs),
        );
        let missing = missing.expect("an answer");
        let code = match azure.validate(OWN_VERSION, &instance) {
            Ok(()) => None,
            Err(error) => error.code().map(str::to_owned),
        };
        if code.as_deref() == Some("UserErrorDppDatasourceAlreadyProtected") {
            continue;
        }
        let lacks = code.as_deref() == Some("UserErrorMissingRequiredPermissions");
        assert_eq!(!missing.is_empty(), lacks, "{}: {missing:?} {code:?}", found.id);
        healthy += usize::from(!lacks);
    }
    assert!(healthy >= 1, "the development server has inherited all it needs");
}

#[test]
fn by_a_group_and_a_custom_role_nothing_is_missing() {
    let azure = Azure::new();
    let telemetry = server(
        "rg-insights",
        "pg-telemetry-eu-central-cluster-01-long-name-for-testing-63char",
    );
    let needs = RoleNeed::of_backup(&flexible(telemetry.clone()).datasource);
    let roles = azure.client.authorization();
    let grants = block_on(roles.grants(&telemetry, directory::ARCHIVE_VAULT)).expect("grants");
    assert!(
        grants
            .iter()
            .any(|grant| grant.assignment.principal_type.as_deref() == Some("Group")),
        "{grants:?}"
    );
    let missing = |principal| block_on(roles.missing_roles(principal, &needs)).expect("an answer");
    assert!(missing(directory::ARCHIVE_VAULT).is_empty());
    let of_another: Vec<_> = missing(directory::INSIGHTS_VAULT)
        .iter()
        .map(|missing| missing.role)
        .collect();
    assert_eq!(of_another, [Role::Reader, Role::LongTermRetentionBackup]);
}

#[test]
fn configuring_is_followed_by_the_instance_where_no_polling_url_can_be_read() {
    let azure = Azure::new();
    let instance = flexible(orders());
    azure.assign_missing(
        directory::COMMERCE_VAULT,
        &RoleNeed::of_backup(&instance.datasource),
    );
    azure.world.borrow_mut().switches().hide_headers = true;
    let (outcome, told) = azure.protect(OWN_VERSION, &instance);
    assert_eq!(
        outcome.expect("it is protected").state,
        Some(ProtectionState::Protected)
    );
    assert!(told.contains(&"ConfiguringProtection".to_owned()), "{told:?}");
    assert_eq!(azure.count(Method::Put), 3, "two roles and one instance");

    // The validation has nothing to look at instead.
    let other = flexible(server("rg-commerce-prod", "pg-catalog-prod"));
    let mut poller: Poller<Done> =
        block_on(azure.backup(OWN_VERSION).begin_validate(&vault(), &other)).expect("it is accepted");
    assert_eq!(block_on(poller.next()), Ok(Progress::Unknown));
}

#[test]
fn configuring_goes_on_after_a_reload_and_after_a_lost_answer() {
    let azure = Azure::new();
    let instance = flexible(orders());
    azure.assign_missing(
        directory::COMMERCE_VAULT,
        &RoleNeed::of_backup(&instance.datasource),
    );
    let name = instance_name(&instance.datasource, GUID);
    azure.inject(Method::Put, "/backupInstances/", FaultKind::NoAnswer, 1);
    let backup = azure.backup(OWN_VERSION);
    let first = block_on(backup.begin_configure(&vault(), &name, &instance)).expect("it is sent again");
    let token = first.continuation_token();
    assert!(token.is_some());
    let id = first.instance().clone();
    drop(first);
    for token in [token.as_ref(), None] {
        let mut again = backup.resume_configuring(&id, token).expect("a poller");
        let ended = block_on(async {
            loop {
                match again.next().await? {
                    ProtectionProgress::Configuring { .. } => {}
                    ProtectionProgress::Protected(instance) => return Ok::<_, ArmError>(instance.id),
                }
            }
        });
        assert_eq!(ended, Ok(id.clone()));
        assert_eq!(again.continuation_token(), None);
    }
}

#[test]
fn a_failed_reading_is_no_failed_protection() {
    let azure = Azure::new();
    let instance = flexible(orders());
    azure.assign_missing(
        directory::COMMERCE_VAULT,
        &RoleNeed::of_backup(&instance.datasource),
    );
    let name = instance_name(&instance.datasource, GUID);
    let mut poller = block_on(
        azure
            .backup(OWN_VERSION)
            .begin_configure(&vault(), &name, &instance),
    )
    .expect("begun");
    block_on(poller.next()).expect("the operation runs");
    azure.inject(
        Method::Get,
        "/backupInstances/",
        refusal(504, "GatewayTimeout", None),
        4,
    );
    let error = block_on(poller.next()).expect_err("no answer");
    assert!(!matches!(error, ArmError::OperationFailed(_)), "{error:?}");
    assert_eq!(error.code(), Some("GatewayTimeout"));
    let end = block_on(async {
        loop {
            if let ProtectionProgress::Protected(instance) = poller.next().await? {
                return Ok::<_, ArmError>(instance.state);
            }
        }
    });
    assert_eq!(end, Ok(Some(ProtectionState::Protected)));
}

#[test]
fn no_freedom_of_the_service_changes_what_becomes_of_a_server() {
    for seed in 1..=20 {
        let azure = Azure::new();
        *azure.world.borrow_mut().switches() = arm_emulator::Switches::default().with_freedoms_of(seed);
        let instance = flexible(orders());
        let error = failure(azure.validate(OWN_VERSION, &instance));
        assert_eq!(error.code, "UserErrorMissingRequiredPermissions", "seed {seed}");
        let needs = RoleNeed::of_backup(&instance.datasource);
        assert_eq!(
            azure.assign_missing(directory::COMMERCE_VAULT, &needs),
            2,
            "seed {seed}"
        );
        azure
            .validate(OWN_VERSION, &instance)
            .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        let (outcome, _) = azure.protect(OWN_VERSION, &instance);
        let made = outcome.unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        assert_eq!(made.state, Some(ProtectionState::Protected), "seed {seed}");
        let backup = azure.backup(OWN_VERSION);
        let poller =
            block_on(backup.begin_delete(&made.id)).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        azure
            .finish(poller)
            .unwrap_or_else(|error| panic!("seed {seed}: {error}"));
        assert!(block_on(backup.instance(&made.id)).is_err(), "seed {seed}");
    }
}
