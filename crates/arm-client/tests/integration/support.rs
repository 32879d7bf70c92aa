//! A client whose network, clock and credential belong to the test.

use std::{
    cell::RefCell,
    collections::VecDeque,
    future::Future,
    pin::pin,
    rc::Rc,
    task::{Context, Poll, Waker},
    time::Duration,
};

use arm_client::{ArmClient, ArmOrigin, Credential, SignInNeeded, TokenRequest};
use arm_core::{
    LocalFuture, Request, ResourceId, Response, Secret, Timestamp, Transport, TransportError, VirtualClock,
};

pub const ORIGIN: &str = "https://management.azure.com";

/// Runs a future of virtual time; one that waits for anything else would wait for ever.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..10_000 {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
    panic!("the future waits for something that is not virtual");
}

pub fn some_moment() -> Timestamp {
    "2026-11-20T06:30:00Z".parse().expect("a moment")
}

pub fn server() -> ResourceId {
    ResourceId::in_resource_group("s-1", "rg", "Microsoft.DBforPostgreSQL/flexibleServers", "pg-a")
        .expect("an id")
}

/// A transport that gives the answers of its script, in order, and keeps what was asked.
#[derive(Default)]
pub struct Script {
    answers: RefCell<VecDeque<Result<Response, TransportError>>>,
    requests: RefCell<Vec<Request>>,
}

impl Script {
    /// `METHOD url` of each request that left.
    pub fn sent(&self) -> Vec<String> {
        self.requests
            .borrow()
            .iter()
            .map(|request| format!("{} {}", request.method, request.url))
            .collect()
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.borrow().clone()
    }

    pub fn unused(&self) -> usize {
        self.answers.borrow().len()
    }
}

impl Transport for Script {
    fn send(&self, request: Request) -> LocalFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let shown = format!("{} {}", request.method, request.url);
            self.requests.borrow_mut().push(request);
            let answer = self.answers.borrow_mut().pop_front();
            answer.unwrap_or_else(|| panic!("the script has no answer to {shown}"))
        })
    }
}

/// A credential that hands out one token after the other and keeps what was asked for.
pub struct Tokens {
    answers: RefCell<VecDeque<Result<String, SignInNeeded>>>,
    pub asked: RefCell<Vec<TokenRequest>>,
    pub refused: RefCell<Vec<String>>,
    /// The tenants of which tokens may be asked for.
    pub tenants: Vec<&'static str>,
}

impl Tokens {
    /// Gives `token` for ever.
    pub fn always(token: &str) -> Self {
        Self::script([Ok(token.to_owned())])
    }

    /// Gives these in order; the last one for ever.
    pub fn script(answers: impl IntoIterator<Item = Result<String, SignInNeeded>>) -> Self {
        Self {
            answers: RefCell::new(answers.into_iter().collect()),
            asked: RefCell::default(),
            refused: RefCell::default(),
            tenants: Vec::new(),
        }
    }
}

impl Credential for Tokens {
    fn token(&self, request: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>> {
        self.asked.borrow_mut().push(request);
        let mut answers = self.answers.borrow_mut();
        let answer = match answers.len() {
            1 => answers[0].clone(),
            _ => answers.pop_front().expect("at least one answer"),
        };
        Box::pin(async move { answer.map(Secret::new) })
    }

    fn refused(&self, token: &Secret) {
        self.refused.borrow_mut().push(token.expose().to_owned());
    }

    fn belongs(&self, _: &str, tenant: &str) -> bool {
        self.tenants.contains(&tenant)
    }
}

/// A client, its script and its clock.
pub struct Rig {
    pub client: ArmClient,
    pub script: Rc<Script>,
    pub clock: Rc<VirtualClock>,
    pub tokens: Rc<Tokens>,
}

impl Rig {
    pub fn new(answers: impl IntoIterator<Item = Response>) -> Self {
        Self::with_outcomes(answers.into_iter().map(Ok))
    }

    pub fn with_outcomes(outcomes: impl IntoIterator<Item = Result<Response, TransportError>>) -> Self {
        Self::with_tokens(outcomes, Tokens::always("token-1"))
    }

    pub fn with_tokens(
        outcomes: impl IntoIterator<Item = Result<Response, TransportError>>,
        tokens: Tokens,
    ) -> Self {
        let script = Rc::new(Script::default());
        script.answers.borrow_mut().extend(outcomes);
        let clock = Rc::new(VirtualClock::starting_at(some_moment()));
        let tokens = Rc::new(tokens);
        let origin = ArmOrigin::new(ORIGIN).expect("an origin");
        let client = ArmClient::new(origin, script.clone(), clock.clone(), tokens.clone());
        Self {
            client,
            script,
            clock,
            tokens,
        }
    }

    pub fn elapsed(&self) -> Duration {
        arm_core::VirtualClock::elapsed(&self.clock)
    }
}

pub fn json(status: u16, body: &str) -> Response {
    Response::new(status)
        .with_header("content-type", "application/json")
        .with_body(body)
}

pub fn refusal(status: u16, code: &str) -> Response {
    json(
        status,
        &format!(r#"{{"error":{{"code":"{code}","message":"Words of {code}."}}}}"#),
    )
}

pub fn lost() -> Result<Response, TransportError> {
    Err(TransportError::new("connection reset"))
}

pub fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}
