use std::{cell::RefCell, future::Future, pin::pin, rc::Rc, task::Context, task::Poll, task::Waker};

use arm_client::{ArmClient, ArmOrigin, Credential, SignInNeeded, TokenRequest};
use arm_core::{Clock, LocalFuture, Request, Secret, VirtualClock};
use arm_emulator::{InProcess, World};

use super::*;

const ORIGIN: &str = "https://arm.example";

struct Token;

impl Credential for Token {
    fn token(&self, _: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>> {
        Box::pin(std::future::ready(Ok(Secret::new("secret-token"))))
    }
}

/// A client of a world in the process, and what it has sent.
fn azure() -> (ArmClient, Rc<InProcess>) {
    let clock: Rc<dyn Clock> = Rc::new(VirtualClock::starting_at(Default::default()));
    let world = Rc::new(RefCell::new(World::new(7, clock.now())));
    let transport = Rc::new(InProcess::new(world, Rc::clone(&clock)));
    let origin = ArmOrigin::new(ORIGIN).expect("an origin");
    let client = ArmClient::new(origin, Rc::clone(&transport) as _, clock, Rc::new(Token));
    (client, transport)
}

fn now<T>(act: impl Future<Output = T>) -> T {
    // On a virtual clock nothing waits for anything else.
    match pin!(act).as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("it waits"),
    }
}

#[test]
fn the_code_sends_what_the_client_sends() {
    let (client, transport) = azure();
    now(client.resource_graph().flexible_servers()).expect("servers");
    let Request {
        method, url, body, ..
    } = transport.requests().remove(0);
    let body = body.expect("a query");
    let [az, rest, curl]: [CodeSample; 3] = list_servers(ORIGIN, WantedServers::default())
        .try_into()
        .expect("three languages");
    assert_eq!(rest.code.lines().next(), Some(format!("{method} {url}").as_str()));
    assert!(rest.code.contains(&format!("\n\n{body}\n")), "{}", rest.code);
    assert!(
        curl.code.contains(&super::super::quote(&body).into_owned()),
        "{}",
        curl.code
    );
    assert!(
        curl.code
            .starts_with("TOKEN=$(az account get-access-token --query"),
        "{}",
        curl.code
    );
    assert!(
        az.code
            .starts_with("az graph query --graph-query 'resources | where type =~ '\\''microsoft."),
        "{}",
        az.code
    );
}

#[test]
fn the_filters_find_in_azure_what_the_page_shows() {
    let production = "11111111-1111-4111-8111-111111111111";
    for (wanted, expected) in [
        (
            WantedServers {
                name: "ORDERS",
                ..Default::default()
            },
            vec!["pg-orders-prod", "pg-orders-ro-1"],
        ),
        (
            WantedServers {
                location: "North Europe",
                subscription: production,
                ..Default::default()
            },
            vec!["pg-analytics"],
        ),
        (
            WantedServers {
                state: "Stopped",
                ..Default::default()
            },
            vec!["pg-hr-archive"],
        ),
        (
            WantedServers {
                state: "Unknown",
                ..Default::default()
            },
            vec![],
        ),
        (
            WantedServers {
                location: "unknown",
                ..Default::default()
            },
            vec![],
        ),
        (
            WantedServers {
                name: r"it's a \",
                ..Default::default()
            },
            vec![],
        ),
    ] {
        let (client, _) = azure();
        let query = query(wanted);
        let found: Vec<ServerSummary> = now(client.resource_graph().query_all(&query)).expect(&query);
        let names: Vec<_> = found.iter().map(|server| server.name.as_str()).collect();
        assert_eq!(names, expected, "{query}");
    }
}
