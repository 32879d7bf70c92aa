use std::{cell::RefCell, future::Future, pin::pin, rc::Rc, task::Context, task::Poll, task::Waker};

use arm_client::{ArmClient, ArmOrigin, Credential, SignInNeeded, TokenRequest};
use arm_core::{Clock, LocalFuture, Request, Secret, VirtualClock};
use arm_emulator::{InProcess, World};

use super::*;

const ORIGIN: &str = "https://arm.example";

fn server(group: &str) -> ResourceId {
    let kind = "Microsoft.DBforPostgreSQL/flexibleServers";
    ResourceId::in_resource_group("s-1", group, kind, "pg-a").expect("an id")
}

fn name(text: &str) -> BackupName {
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn of<'a>(samples: &'a [CodeSample], language: &str) -> &'a str {
    let sample = samples.iter().find(|sample| sample.language == language);
    &sample
        .unwrap_or_else(|| panic!("no {language} in {samples:?}"))
        .code
}

fn first_line<'a>(samples: &'a [CodeSample], language: &str) -> &'a str {
    of(samples, language).lines().next().unwrap_or_default()
}

/// The document's lines, with its placeholders filled in and our subscription behind them.
#[test]
fn the_azure_cli_lines_are_the_documents() {
    let server = server("rg-a");
    for (samples, expected) in [
        (
            take_backup(ORIGIN, &server, &name("b-1")),
            "az postgres flexible-server backup create --resource-group rg-a --name pg-a --backup-name b-1",
        ),
        (
            list_backups(ORIGIN, &server, Some("Customer On-Demand")),
            "az postgres flexible-server backup list --resource-group rg-a --name pg-a \
             --query \"[?backupType=='Customer On-Demand']\" --output table",
        ),
        (
            list_backups(ORIGIN, &server, None),
            "az postgres flexible-server backup list --resource-group rg-a --name pg-a --output table",
        ),
        (
            delete_backup(ORIGIN, &server, &name("b-1")),
            "az postgres flexible-server backup delete --resource-group rg-a --name pg-a --backup-name b-1",
        ),
    ] {
        assert_eq!(
            first_line(&samples, "Azure CLI"),
            format!("{expected} --subscription s-1")
        );
    }
}

#[test]
fn names_that_a_shell_would_read_are_quoted() {
    let server = server("rg (prod) $x");
    let samples = take_backup(ORIGIN, &server, &name("--yes"));
    assert_eq!(
        first_line(&samples, "Azure CLI"),
        r"az postgres flexible-server backup create --resource-group 'rg (prod) $x' --name pg-a --backup-name=--yes --subscription s-1"
    );
    let curl = of(&samples, "curl");
    let url = r"'https://arm.example/subscriptions/s-1/resourceGroups/rg%20(prod)%20$x/providers/Microsoft.DBforPostgreSQL/flexibleServers/pg-a/backups/--yes?api-version=2025-08-01'";
    assert!(
        curl.contains(&format!("curl --include --request PUT {url}")),
        "{curl}"
    );
}

#[test]
fn a_filtered_list_is_filtered_in_each_language() {
    let samples = list_backups(ORIGIN, &server("rg-a"), Some("Full"));
    assert!(of(&samples, "REST").contains("backupType 'Full'"), "{samples:?}");
    assert!(
        of(&samples, "curl").contains(r#"| jq '.value[] | select(.properties.backupType == "Full")'"#),
        "{samples:?}"
    );
}

struct Token;

impl Credential for Token {
    fn token(&self, _: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>> {
        Box::pin(std::future::ready(Ok(Secret::new("secret-token"))))
    }
}

/// What the client sends first when it does something with the backups of a server.
fn sent<T>(server: &ResourceId, act: impl AsyncFnOnce(arm_client::Backups) -> T) -> Request {
    let clock: Rc<dyn Clock> = Rc::new(VirtualClock::starting_at(Default::default()));
    let world = Rc::new(RefCell::new(World::new(7, clock.now())));
    let transport = Rc::new(InProcess::new(world, Rc::clone(&clock)));
    let origin = ArmOrigin::new(ORIGIN).expect("an origin");
    let client = ArmClient::new(origin, Rc::clone(&transport) as _, clock, Rc::new(Token));
    let mut acting = pin!(act(client.backups(server)));
    // On a virtual clock nothing waits for anything else.
    let polled = acting.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    assert!(matches!(polled, Poll::Ready(_)), "it waits");
    transport.requests().into_iter().next().expect("a request")
}

#[test]
fn the_code_sends_what_the_client_sends() {
    let first = name("b-1");
    for group in ["rg-a", "rg (prod) ü"] {
        let server = server(group);
        for (samples, request) in [
            (
                take_backup(ORIGIN, &server, &name("b-1")),
                sent(&server, async |backups| {
                    backups.begin_create(&first).await.is_ok()
                }),
            ),
            (
                delete_backup(ORIGIN, &server, &name("b-1")),
                sent(&server, async |backups| {
                    backups.begin_delete(&first).await.is_ok()
                }),
            ),
            (
                list_backups(ORIGIN, &server, None),
                sent(&server, async |backups| backups.list().await.is_ok()),
            ),
        ] {
            let Request {
                method, url, body, ..
            } = &request;
            let rest = of(&samples, "REST");
            let curl = of(&samples, "curl");
            assert_eq!(first_line(&samples, "REST"), format!("{method} {url}"));
            assert_eq!(
                rest.contains("Content-Length: 0"),
                body.as_deref() == Some(""),
                "{rest}"
            );
            assert_eq!(
                curl.contains("Content-Length: 0"),
                body.as_deref() == Some(""),
                "{curl}"
            );
            assert!(curl.contains(&super::super::quote(url).into_owned()), "{curl}");
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
