//! A page of servers with the emulator behind it, in process.

use std::{cell::Cell, cell::RefCell, rc::Rc};

use arm_client::{ArmClient, ArmOrigin, Credential, SignInNeeded, TokenRequest};
use arm_core::{
    Clock, LocalFuture, Request, Response, Secret, Timestamp, Transport, TransportError, VirtualClock,
};
use arm_emulator::{Fault, FaultKind, InProcess, RequestMatcher, World};
use pg_backup_portal::config::{Config, Page};
use pg_backup_portal::hooks::provide_now;
use pg_backup_portal::location::Router;
use pg_backup_portal::pages::ServersPage;
use pg_backup_portal::services::{Services, provide_services};
use pg_backup_portal::session::{self, Session};
use pg_backup_portal::{components::MenuState, prelude::*};
use wasm_bindgen_futures::JsFuture;

use crate::backups_page::HandClock;
use crate::support::{Mounted, all, mount, page, spoken_text, tick};

struct Token;

impl Credential for Token {
    fn token(&self, _: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>> {
        Box::pin(std::future::ready(Ok(Secret::new("emulated"))))
    }
}

/// The emulator, some frames away; it counts how many lists of backups are asked for at a time.
pub struct Far {
    near: InProcess,
    pub under_way: Cell<usize>,
    pub most: Cell<usize>,
    /// What is answered only once this is taken away: a part of the path.
    pub held: RefCell<Option<&'static str>>,
    /// How many more queries of Resource Graph are answered.
    pub queries: Cell<usize>,
}

impl Transport for Far {
    fn send(&self, request: Request) -> LocalFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let is_of_backups = request.url.contains("/backups?");
            self.under_way
                .set(self.under_way.get() + usize::from(is_of_backups));
            if is_of_backups {
                self.most.set(self.most.get().max(self.under_way.get()));
            }
            next_frame().await;
            while request.url.contains("ResourceGraph") && self.queries.get() == 0 {
                next_frame().await;
            }
            self.queries
                .set(self.queries.get() - usize::from(request.url.contains("ResourceGraph")));
            while self.held.borrow().is_some_and(|held| request.url.contains(held)) {
                next_frame().await;
            }
            let answer = self.near.send(request).await;
            self.under_way
                .set(self.under_way.get() - usize::from(is_of_backups));
            answer
        })
    }
}

/// A page of servers, and the Azure behind it.
pub struct Rig {
    pub world: Rc<RefCell<World>>,
    pub far: Rc<Far>,
    pub clock: Rc<VirtualClock>,
    _page: Mounted,
}

impl Rig {
    pub async fn new(prepare: impl FnOnce(&mut World, &Far)) -> Self {
        let now: Timestamp = "2026-03-12T09:41:00Z".parse().unwrap();
        let clock = Rc::new(VirtualClock::starting_at(now));
        let world = Rc::new(RefCell::new(World::new(7, now)));
        let far = Rc::new(Far {
            near: InProcess::new(world.clone(), clock.clone()),
            under_way: Cell::new(0),
            most: Cell::new(0),
            held: RefCell::new(None),
            queries: Cell::new(usize::MAX),
        });
        prepare(&mut world.borrow_mut(), &far);
        let address = Page {
            host: "127.0.0.1".to_owned(),
            base: "http://127.0.0.1/".to_owned(),
        };
        let config = Config::parse(r#"{"cloud":"emulator","transport":"worker"}"#, &address).unwrap();
        // The page's own second never passes.
        let page_clock: Rc<dyn Clock> = HandClock::new();
        let client = session::client(&config, &address.base, page_clock.clone());
        let arm = ArmClient::new(
            ArmOrigin::new(&config.arm).unwrap(),
            far.clone(),
            clock.clone(),
            Rc::new(Token),
        );
        let services = Services {
            arm,
            clock: clock.clone(),
            page_clock,
            config,
        };
        let page = mount(move || {
            provide_services(services);
            provide_now();
            Session::provide(client);
            MenuState::provide(RwSignal::new(true));
            view! { <Router><ServersPage /></Router> }
        })
        .await;
        Self {
            world,
            far,
            clock,
            _page: page,
        }
    }

    /// How often the backups of a server were asked for.
    pub fn asked(&self, server: &str) -> usize {
        let part = format!("/{server}/backups?");
        let requests = self.far.near.requests();
        requests
            .iter()
            .filter(|request| request.url.contains(&part))
            .count()
    }
}

pub async fn next_frame() {
    let frame = js_sys::Promise::new(&mut |resolve, _| {
        request_animation_frame(move || {
            resolve.call0(&wasm_bindgen::JsValue::NULL).unwrap();
        });
    });
    JsFuture::from(frame).await.unwrap();
}

/// Waits, some seconds at most, until the page shows it.
pub async fn until(what: &str, is_there: impl Fn() -> bool) {
    for _ in 0..600 {
        if is_there() {
            return;
        }
        next_frame().await;
        tick().await;
    }
    panic!("{what} did not come: {}", page());
}

pub fn rows() -> usize {
    all("tr[data-server]").len()
}

/// What the cell of a server's last backup says.
pub fn last_backup(name: &str) -> String {
    let row = all("tr[data-server]")
        .into_iter()
        .find(|row| {
            row.get_attribute("data-server")
                .is_some_and(|id| id.ends_with(&format!("/{name}")))
        })
        .unwrap_or_else(|| panic!("no row of {name}: {}", page()));
    let cell = row
        .query_selector("td[data-label='Last backup']")
        .unwrap()
        .unwrap();
    spoken_text(&cell)
}

pub fn status(code: u16, retry_after: Option<u32>) -> FaultKind {
    FaultKind::Status {
        status: code,
        code: "Words".to_owned(),
        message: "Words.".to_owned(),
        retry_after,
    }
}

pub fn fault(path: &str, kind: FaultKind, times: u32) -> Fault {
    let matching = RequestMatcher {
        method: None,
        path_contains: path.to_owned(),
    };
    Fault {
        matching,
        kind,
        times,
    }
}
