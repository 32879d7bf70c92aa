//! The pages of backup vaults with the emulator behind them, in process.

use std::{cell::RefCell, rc::Rc};

use arm_client::{ArmClient, ArmOrigin, Credential, SignInNeeded, TokenRequest};
use arm_core::{LocalFuture, ResourceId, Secret};
use arm_emulator::{InProcess, World};
use pg_backup_portal::config::{Config, Page};
use pg_backup_portal::hooks::provide_now;
use pg_backup_portal::location::Router;
use pg_backup_portal::services::{Services, provide_services};
use pg_backup_portal::session::{self, Session};
use pg_backup_portal::stores::notifications::Notifications;
use pg_backup_portal::stores::operations::Operations;
use pg_backup_portal::{components::MenuState, prelude::*};

use crate::backups_page::{HandClock, settle};
use crate::support::{Mounted, all, mount, spoken_text};

struct Token;

impl Credential for Token {
    fn token(&self, _: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>> {
        Box::pin(std::future::ready(Ok(Secret::new("emulated"))))
    }
}

/// A page of vaults, and the Azure behind it.
pub struct VaultsRig {
    pub world: Rc<RefCell<World>>,
    /// Azure, as somebody else reaches it.
    pub arm: ArmClient,
    pub clock: Rc<HandClock>,
    transport: Rc<InProcess>,
    _page: Mounted,
}

impl VaultsRig {
    /// The page, with this query in its address; `prepare` changes the default world before the page reads it.
    pub async fn of(
        query: &str,
        prepare: impl FnOnce(&mut World),
        page_of: impl FnOnce() -> AnyView + Send + 'static,
    ) -> Self {
        let path = window().location().pathname().unwrap();
        let address = format!("{path}{query}");
        let history = window().history().unwrap();
        history
            .replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&address))
            .unwrap();
        let clock = HandClock::new();
        let mut world = World::new(7, arm_core::Clock::now(&*clock));
        prepare(&mut world);
        let world = Rc::new(RefCell::new(world));
        let transport = Rc::new(InProcess::new(world.clone(), clock.clone()));
        let address = Page {
            host: "127.0.0.1".to_owned(),
            base: "http://127.0.0.1/".to_owned(),
        };
        let config = Config::parse(r#"{"cloud":"emulator","transport":"worker"}"#, &address).unwrap();
        let client = session::client(&config, &address.base, clock.clone());
        let origin = ArmOrigin::new(&config.arm).unwrap();
        let arm = ArmClient::new(origin, transport.clone(), clock.clone(), Rc::new(Token));
        let (services, notified) = (
            Services {
                arm: arm.clone(),
                clock: clock.clone(),
                page_clock: clock.clone(),
                config,
            },
            clock.clone(),
        );
        let page = mount(move || {
            provide_services(services);
            provide_now();
            Session::provide(client);
            Notifications::provide(notified);
            Operations::provide();
            MenuState::provide(Signal::stored(true));
            view! { <Router>{page_of()}</Router> }
        })
        .await;
        let rig = Self {
            world,
            arm,
            clock,
            transport,
            _page: page,
        };
        settle().await;
        rig
    }

    /// Lets time pass, and what waits for it happen.
    pub async fn pass(&self, seconds: u64) {
        self.clock.pass(std::time::Duration::from_secs(seconds));
        settle().await;
    }

    /// How many requests have been sent to a path with this in it.
    pub fn asked(&self, part: &str) -> usize {
        let requests = self.transport.requests();
        requests
            .iter()
            .filter(|request| request.url.contains(part))
            .count()
    }
}

/// A vault of the default world's production subscription.
pub fn vault(name: &str) -> ResourceId {
    let subscription = "11111111-1111-4111-8111-111111111111";
    let kind = "Microsoft.DataProtection/backupVaults";
    ResourceId::in_resource_group(subscription, "rg-backup-prod", kind, name).unwrap()
}

/// The names in the first column of the table.
pub fn names() -> Vec<String> {
    let names = all("table .cell-name :is(a, button)");
    names.iter().map(|name| spoken_text(name)).collect()
}

/// The cell of this label in the row whose name is this; without what says the label.
pub fn cell(name: &str, label: &str) -> String {
    let row = all("table tbody tr").into_iter().find(|row| {
        let link = row.query_selector(".cell-name :is(a, button)").unwrap();
        link.is_some_and(|link| spoken_text(&link) == name)
    });
    let row = row.unwrap_or_else(|| panic!("no row of {name} among {:?}", names()));
    let cell = row.query_selector(&format!("[data-label='{label}']")).unwrap();
    spoken_text(&cell.unwrap_or_else(|| panic!("no cell {label}")))
}

/// The same world changed as text: what an emulator's own operations do not bring about.
pub fn rewrite(world: &mut World, change: impl FnOnce(&mut serde_json::Map<String, serde_json::Value>)) {
    let mut written = serde_json::to_value(&*world).unwrap();
    change(written["documents"].as_object_mut().unwrap());
    *world = serde_json::from_value(written).unwrap();
}
