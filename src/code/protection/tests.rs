use std::{cell::RefCell, future::Future, pin::pin, rc::Rc, task::Context, task::Poll, task::Waker};

use arm_client::{
    ArmClient, ArmOrigin, Credential, SignInNeeded, TokenRequest,
    data_protection::{DataProtection, Datasource},
};
use arm_core::{Clock, LocalFuture, Request, Secret, VirtualClock};
use arm_emulator::{InProcess, World};

use super::*;

const ORIGIN: &str = "https://arm.example";
const NAME: &str = "pg-a-857d23b1-c679-4c94-ade6-c4d34635e149";

fn id(path: &str) -> ResourceId {
    let text = format!("/subscriptions/s-1/resourceGroups/{path}");
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn vault(group: &str) -> ResourceId {
    id(&format!(
        "{group}/providers/Microsoft.DataProtection/backupVaults/bv-a"
    ))
}

fn server(group: &str) -> NewInstance {
    NewInstance {
        datasource: Datasource {
            kind: DatasourceKind::FlexibleServer,
            id: id(&format!(
                "{group}/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a"
            )),
            location: "westeurope".to_owned(),
        },
        policy: vault(group).child("backupPolicies", "weekly").expect("an id"),
        secret: None,
    }
}

fn database() -> NewInstance {
    NewInstance {
        datasource: Datasource {
            kind: DatasourceKind::SingleServerDatabase,
            id: id("rg-a/providers/Microsoft.DBforPostgreSQL/servers/srv/databases/it's"),
            location: "westeurope".to_owned(),
        },
        secret: Some("https://kv-a.vault.azure.net/secrets/it".to_owned()),
        ..server("rg-a")
    }
}

fn of<'a>(samples: &'a [CodeSample], language: &str) -> &'a str {
    let sample = samples.iter().find(|sample| sample.language == language);
    &sample
        .unwrap_or_else(|| panic!("no {language} in {samples:?}"))
        .code
}

#[test]
fn the_azure_cli_lines_are_the_extensions() {
    let lines = |samples: Vec<CodeSample>| -> Vec<String> {
        let lines = of(&samples, "Azure CLI").lines().map(str::to_owned);
        lines.filter(|line| !line.starts_with('#')).collect()
    };
    let vault = vault("rg-a");
    let to_file = "--output json > backup_instance.json";
    let server_file = "az dataprotection backup-instance initialize --datasource-type AzureDatabaseForPostgreSQLFlexibleServer \
         --datasource-location westeurope \
         --policy-id /subscriptions/s-1/resourceGroups/rg-a/providers/Microsoft.DataProtection/backupVaults/bv-a/backupPolicies/weekly \
         --datasource-id /subscriptions/s-1/resourceGroups/rg-a/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a";
    let to_vault =
        "--resource-group rg-a --vault-name bv-a --backup-instance backup_instance.json --subscription s-1";
    assert_eq!(
        lines(validate(ORIGIN, &vault, &server("rg-a"))),
        [
            format!("{server_file} {to_file}"),
            format!("az dataprotection backup-instance validate-for-backup {to_vault}"),
        ]
    );
    assert_eq!(
        lines(configure(ORIGIN, &vault, NAME, &server("rg-a"))),
        [
            format!("{server_file} --query \"merge(@, {{backup_instance_name: '{NAME}'}})\" {to_file}"),
            format!("az dataprotection backup-instance create {to_vault}"),
        ]
    );
    let of_database = lines(validate(ORIGIN, &vault, &database()));
    for part in [
        "--datasource-type AzureDatabaseForPostgreSQL ",
        r"/servers/srv/databases/it'\''s' ",
        " --secret-store-type AzureKeyVault --secret-store-uri https://kv-a.vault.azure.net/secrets/it ",
    ] {
        assert!(
            of_database[0].contains(part),
            "{part} is not in {}",
            of_database[0]
        );
    }
    let instance = vault.child("backupInstances", NAME).expect("an id");
    assert_eq!(
        lines(delete(ORIGIN, &instance)),
        [format!(
            "az dataprotection backup-instance delete --resource-group rg-a --vault-name bv-a --name {NAME} --subscription s-1"
        )]
    );
}

#[test]
fn a_name_that_a_shell_would_read_stands_in_no_query() {
    let samples = configure(ORIGIN, &vault("rg-a"), "$(reboot)", &server("rg-a"));
    assert!(!of(&samples, "Azure CLI").contains("reboot"), "{samples:?}");
}

struct Token;

impl Credential for Token {
    fn token(&self, _: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>> {
        Box::pin(std::future::ready(Ok(Secret::new("secret-token"))))
    }
}

/// What the client sends first when it does something with backup instances.
fn sent<T>(act: impl AsyncFnOnce(DataProtection) -> T) -> Request {
    let clock: Rc<dyn Clock> = Rc::new(VirtualClock::starting_at(Default::default()));
    let world = Rc::new(RefCell::new(World::new(7, clock.now())));
    let transport = Rc::new(InProcess::new(world, Rc::clone(&clock)));
    let origin = ArmOrigin::new(ORIGIN).expect("an origin");
    let client = ArmClient::new(origin, Rc::clone(&transport) as _, clock, Rc::new(Token));
    let mut acting = pin!(act(client.data_protection()));
    // On a virtual clock nothing waits for anything else.
    let polled = acting.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(polled, Poll::Ready(_)), "it waits");
    transport.requests().into_iter().next().expect("a request")
}

/// The samples of each act, and what the client sends for it.
fn acts(group: &str, new: &NewInstance) -> Vec<(Vec<CodeSample>, Request)> {
    let vault = vault(group);
    let instance = vault.child("backupInstances", NAME).expect("an id");
    vec![
        (
            validate(ORIGIN, &vault, new),
            sent(async |service| service.begin_validate(&vault, new).await.is_ok()),
        ),
        (
            configure(ORIGIN, &vault, NAME, new),
            sent(async |service| service.begin_configure(&vault, NAME, new).await.is_ok()),
        ),
        (
            delete(ORIGIN, &instance),
            sent(async |service| service.begin_delete(&instance).await.is_ok()),
        ),
    ]
}

#[test]
fn the_code_sends_what_the_client_sends() {
    for (group, new) in [
        ("rg-a", server("rg-a")),
        ("rg (prod) ü", server("rg (prod) ü")),
        ("rg-a", database()),
    ] {
        for (samples, request) in acts(group, &new) {
            let Request {
                method, url, body, ..
            } = &request;
            let (rest, curl) = (of(&samples, "REST"), of(&samples, "curl"));
            assert_eq!(
                rest.lines().next(),
                Some(format!("{method} {url}").as_str()),
                "{rest}"
            );
            assert!(curl.contains(&super::super::quote(url).into_owned()), "{curl}");
            if let Some(body) = body {
                assert!(rest.contains(&format!("\n\n{body}\n")), "{body} is not in {rest}");
            }
            assert!(
                request
                    .headers
                    .get("Authorization")
                    .is_some_and(|sent| sent.contains("secret-token")),
                "the client sends its token, or this proves nothing"
            );
            for sample in &samples {
                assert!(!sample.code.contains("secret-token"), "{}", sample.code);
            }
        }
    }
}

#[cfg(unix)]
#[test]
fn a_real_shell_sends_the_clients_body() {
    for (samples, request) in acts("rg-a", &database()) {
        let curl = of(&samples, "curl");
        let Some((_, data)) = curl.rsplit_once("--data ") else {
            assert_eq!(request.body, None, "{curl}");
            continue;
        };
        let script = format!("printf %s {}", data.lines().next().expect("a line"));
        let ran = std::process::Command::new("sh").arg("-c").arg(&script).output();
        let printed = ran.unwrap_or_else(|error| panic!("{script}: {error}")).stdout;
        let printed: serde_json::Value = serde_json::from_slice(&printed).expect("JSON");
        let sent: serde_json::Value = serde_json::from_str(&request.body.expect("a body")).expect("JSON");
        assert_eq!(printed, sent);
    }
}
