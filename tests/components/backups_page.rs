//! *Backup and restore* against the emulator in process, as a user finds it.

use std::{cell::RefCell, future::poll_fn, rc::Rc, task::Poll, task::Waker, time::Duration};

use arm_client::{ArmClient, ArmOrigin, Credential, SignInNeeded, TokenRequest};
use arm_core::{
    Clock, LocalFuture, Method, Request, ResourceId, Response, Secret, Timestamp, Transport, TransportError,
};
use arm_emulator::{Fault, FaultKind, InProcess, RequestMatcher, World};
use pg_backup_portal::config::{Config, Page};
use pg_backup_portal::hooks::provide_now;
use pg_backup_portal::location::Router;
use pg_backup_portal::pages::BackupsPage;
use pg_backup_portal::rights;
use pg_backup_portal::services::{Services, provide_services};
use pg_backup_portal::session::{self, Session};
use pg_backup_portal::stores::notifications::Notifications;
use pg_backup_portal::stores::operations::Operations;
use pg_backup_portal::transport::blobs::Blobs;
use pg_backup_portal::{components::MenuState, prelude::*};

use crate::support::{Mounted, mount, tick};

/// A clock on which time passes when the test says so.
pub struct HandClock {
    now: RefCell<Timestamp>,
    sleepers: RefCell<Vec<Waker>>,
}

impl HandClock {
    /// A clock that stands still.
    pub fn new() -> Rc<Self> {
        Rc::new(Self {
            now: RefCell::new("2026-03-12T09:41:00Z".parse().unwrap()),
            sleepers: RefCell::default(),
        })
    }

    /// Moves it and wakes who has slept long enough.
    pub fn pass(&self, duration: Duration) {
        *self.now.borrow_mut() += duration;
        self.sleepers.take().into_iter().for_each(Waker::wake);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        *self.now.borrow()
    }

    fn sleep(&self, duration: Duration) -> LocalFuture<'_, ()> {
        let until = self.now() + duration;
        Box::pin(poll_fn(move |context| {
            if self.now() >= until {
                return Poll::Ready(());
            }
            self.sleepers.borrow_mut().push(context.waker().clone());
            Poll::Pending
        }))
    }
}

const BASE: &str = "http://127.0.0.1/";

struct Token(&'static str);

impl Credential for Token {
    fn token(&self, _: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>> {
        Box::pin(std::future::ready(Ok(Secret::new(self.0))))
    }
}

/// How requests of a page come to a storage account: the browser says where the page is from.
struct FromPage(Rc<InProcess>);

impl Transport for FromPage {
    fn send(&self, request: Request) -> LocalFuture<'_, Result<Response, TransportError>> {
        self.0.send(request.with_header("Origin", own_origin()))
    }
}

/// The origin of the page, as a storage account knows it.
pub fn own_origin() -> String {
    window().location().origin().unwrap()
}

/// The page, and the Azure behind it.
pub struct BackupsRig {
    pub world: Rc<RefCell<World>>,
    /// Azure, as somebody else reaches it.
    pub arm: ArmClient,
    transport: Rc<InProcess>,
    pub clock: Rc<HandClock>,
    _page: Mounted,
}

impl BackupsRig {
    /// The page of a server of the default world; `prepare` changes that world before the page reads it.
    pub async fn of(group: &str, server: &str, prepare: impl FnOnce(&mut World)) -> Self {
        let page = |server| view! { <BackupsPage server /> }.into_any();
        Self::with_page(group, server, prepare, page).await
    }

    /// The same with another page of the server.
    pub async fn with_page(
        group: &str,
        server: &str,
        prepare: impl FnOnce(&mut World),
        page_of: fn(ResourceId) -> AnyView,
    ) -> Self {
        let id = "11111111-1111-4111-8111-111111111111";
        let kind = "Microsoft.DBforPostgreSQL/flexibleServers";
        let server = ResourceId::in_resource_group(id, group, kind, server).unwrap();
        Self::with_view(prepare, move || page_of(server)).await
    }

    /// The same with any view.
    pub async fn with_view(
        prepare: impl FnOnce(&mut World),
        view: impl FnOnce() -> AnyView + Send + 'static,
    ) -> Self {
        Self::with_query("", prepare, view).await
    }

    /// The same with a query in the address, such as `?pane=take-backup`.
    pub async fn with_query(
        query: &str,
        prepare: impl FnOnce(&mut World),
        view: impl FnOnce() -> AnyView + Send + 'static,
    ) -> Self {
        Self::limited("", "emulated", query, prepare, view).await
    }

    /// The same with more in `config.json`, such as `,"readOnly":true`, and as whoever has this token sees it.
    pub async fn limited(
        config: &str,
        token: &'static str,
        query: &str,
        prepare: impl FnOnce(&mut World),
        view: impl FnOnce() -> AnyView + Send + 'static,
    ) -> Self {
        set_query(query);
        let clock = HandClock::new();
        let mut world = World::new(7, clock.now());
        prepare(&mut world);
        let world = Rc::new(RefCell::new(world));
        let transport = Rc::new(InProcess::new(world.clone(), clock.clone()));
        let config = config_with(config);
        let guarded = rights::guarded(transport.clone(), config.limits).await.unwrap();
        let (services, notified) = (
            services_with(guarded, clock.clone(), token, config),
            clock.clone(),
        );
        let arm = client(transport.clone(), clock.clone(), "emulated", &services.config);
        let storage = Rc::new(FromPage(transport.clone()));
        let page = mount(move || {
            Session::provide(session::client(&services.config, BASE, notified.clone()));
            provide_services(services);
            Blobs::provide(storage);
            provide_now();
            Notifications::provide(notified);
            Operations::provide();
            MenuState::provide(Signal::stored(true));
            view! { <Router>{view()}</Router> }
        })
        .await;
        let rig = Self {
            world,
            arm,
            transport,
            clock,
            _page: page,
        };
        settle().await;
        rig
    }

    /// Lets time pass, and what waits for it happen.
    pub async fn pass(&self, milliseconds: u64) {
        self.clock.pass(Duration::from_millis(milliseconds));
        settle().await;
    }

    /// The addresses that requests of this method were sent to, those with this part in them.
    pub fn sent_to(&self, method: Method, part: &str) -> Vec<String> {
        let requests = self.transport.requests();
        let is_it = |request: &&arm_core::Request| request.method == method && request.url.contains(part);
        requests
            .iter()
            .filter(is_it)
            .map(|request| request.url.clone())
            .collect()
    }

    /// What requests of this method carried to addresses with this part in them.
    pub fn bodies_to(&self, method: Method, part: &str) -> Vec<serde_json::Value> {
        let requests = self.transport.requests().into_iter();
        let bodies = requests.filter(|request| request.method == method && request.url.contains(part));
        bodies
            .filter_map(|request| serde_json::from_str(&request.body?).ok())
            .collect()
    }

    /// The last request of this method to an address with this part in it.
    pub fn last_to(&self, method: Method, part: &str) -> Option<Request> {
        let mut requests = self.transport.requests().into_iter();
        requests.rfind(|request| request.method == method && request.url.contains(part))
    }

    /// How many requests of this method have been sent.
    pub fn sent(&self, method: Method) -> usize {
        let requests = self.transport.requests();
        requests.iter().filter(|request| request.method == method).count()
    }

    /// Where the requests of this method went, in their order.
    pub fn urls(&self, method: Method) -> Vec<String> {
        let requests = self.transport.requests().into_iter();
        let of_method = requests.filter(|request| request.method == method);
        of_method.map(|request| request.url).collect()
    }
}

/// Gives the address this query, and no other: the tests share it, and a pane or an order that one leaves in it is none
/// of the next one's.
fn set_query(query: &str) {
    let path = window().location().pathname().unwrap();
    let history = window().history().unwrap();
    history
        .replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&format!("{path}{query}")))
        .unwrap();
}

/// Services for a component that needs no more than a clock.
pub fn provide_clock(clock: Rc<HandClock>) {
    let world = Rc::new(RefCell::new(World::new(7, clock.now())));
    provide_services(services(Rc::new(InProcess::new(world, clock.clone())), clock));
}

/// The same with an Azure of its own, as whoever has this token sees it.
pub fn provide_azure_of(token: &'static str) {
    let clock = HandClock::new();
    let world = Rc::new(RefCell::new(World::new(7, clock.now())));
    let transport = Rc::new(InProcess::new(world, clock.clone()));
    provide_services(services_of(transport, clock, token));
}

/// The next requests of this method to a path are refused.
pub fn refuse(world: &mut World, method: Method, path: &str, status: u16, code: &str, message: &str) {
    let kind = FaultKind::Status {
        status,
        code: code.to_owned(),
        message: message.to_owned(),
        retry_after: None,
    };
    inject(world, method, path, kind);
}

/// The answers to the next requests of this method to a path take five seconds.
pub fn delay(world: &mut World, method: Method, path: &str) {
    inject(world, method, path, FaultKind::Delay { seconds: 5 });
}

/// The next requests of this method to a path meet this fault.
pub fn inject(world: &mut World, method: Method, path: &str, kind: FaultKind) {
    world.faults().inject(Fault {
        matching: RequestMatcher {
            method: Some(method),
            path_contains: path.to_owned(),
        },
        kind,
        times: 100,
    });
}

fn services(transport: Rc<InProcess>, clock: Rc<HandClock>) -> Services {
    services_of(transport, clock, "emulated")
}

fn services_of(transport: Rc<InProcess>, clock: Rc<HandClock>, token: &'static str) -> Services {
    services_with(transport, clock, token, config_with(""))
}

fn config_with(more: &str) -> Config {
    let page = Page {
        host: "127.0.0.1".to_owned(),
        base: BASE.to_owned(),
    };
    let text = format!(r#"{{"cloud":"emulator","transport":"worker"{more}}}"#);
    Config::parse(&text, &page).unwrap()
}

fn client(
    transport: Rc<dyn Transport>,
    clock: Rc<HandClock>,
    token: &'static str,
    config: &Config,
) -> ArmClient {
    let origin = ArmOrigin::new(&config.arm).unwrap();
    ArmClient::new(origin, transport, clock, Rc::new(Token(token)))
}

fn services_with(
    transport: Rc<dyn Transport>,
    clock: Rc<HandClock>,
    token: &'static str,
    config: Config,
) -> Services {
    Services {
        arm: client(transport, clock.clone(), token, &config),
        clock: clock.clone(),
        page_clock: clock,
        config,
    }
}

/// Lets the page's own tasks take their turns.
pub async fn settle() {
    for _ in 0..50 {
        tick().await;
    }
}
