//! The app: what is provided, in which order, and which page is shown.

use std::rc::Rc;

use arm_client::{ArmClient, ArmOrigin};
use arm_core::{LocalFuture, Transport};
use entra_auth::PublicClient;
use js_sys::Promise;
use leptos::mount::{UnmountHandle, mount_to};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use crate::{
    clock::BrowserClock,
    components::{Frame, SignedOut, StartFailed},
    config::{self, Config, Page},
    embed,
    hooks::provide_now,
    lazy::NotLoaded,
    location::{self, Router, link},
    pages::{
        BackupsPage, InstancePage, JobPage, JobsPage, LongTermRetentionPage, NotFoundPage, ProtectPage,
        ProtectionPage, RestorePage, ServersPage, VaultPage, VaultsPage,
    },
    panics,
    prelude::*,
    rights,
    routes::{self, Place},
    services::{Services, provide_services, use_services},
    session::{self, Session},
    stores::{
        notifications::Notifications,
        operations::{Journal, Operations},
    },
    theme::provide_theme,
    transport::{self, WorkerStorage},
    ui::changing::view_of,
};

/// Reads the configuration, opens the session and puts the app in the place of the page's static skeleton.
pub fn mount() {
    panics::show_panics();
    // Leptos' own executor starts with the first mount.
    wasm_bindgen_futures::spawn_local(async {
        let page = page();
        let container = body();
        match config::load(&page).await {
            Ok(config) if is_framed() => match embed::in_frame(config, page).await {
                Ok(portal) => portal.await,
                Err(NotLoaded) => show_failure(&container, NOT_LOADED.to_owned()),
            },
            Ok(config) => alone(config, &page, container).await,
            Err(problem) => show_failure(&container, problem.to_string()),
        }
    });
}

fn show_failure(container: &HtmlElement, sentence: String) {
    show(container, Box::new(move || start_failed(sentence, None))).forget();
}

/// Whether another page holds this one.
fn is_framed() -> bool {
    let window = window();
    // A browser that does not say so has no frames.
    window
        .parent()
        .ok()
        .flatten()
        .is_some_and(|parent| parent != window)
}

async fn alone(config: Config, page: &Page, container: HtmlElement) {
    let page_clock = BrowserClock::with_time_factor(1.0);
    let client = session::client(&config, &page.base, page_clock.clone());
    let return_to = once_loaded(&container, async || session::open(&client).await).await;
    let around = Box::new(|| ());
    start(Start {
        config,
        page_clock,
        client,
        return_to,
        container,
        around,
    })
    .await
    .forget();
}

/// What an app starts with.
pub struct Start {
    /// The configuration.
    pub config: Config,
    /// The clock of the page.
    pub page_clock: Rc<BrowserClock>,
    /// The sign-in.
    pub client: PublicClient,
    /// Where the user was before it.
    pub return_to: Option<String>,
    /// The element that the app is put into.
    pub container: HtmlElement,
    /// Runs inside the app before its first page, with all that is in context: what is around the app adds to it there.
    pub around: Box<dyn FnOnce()>,
}

/// Puts an app into its container, for as long as the handle is held.
pub async fn start(start: Start) -> Mounted {
    let storage = RwSignal::new(None);
    let Start {
        config, container, ..
    } = &start;
    let mut transport = once_loaded(container, async || {
        transport::from_config(config, move |kept| storage.set(Some(kept))).await
    })
    .await;
    if let Ok(open) = &mut transport
        && config.limits.are_any()
    {
        *open = once_loaded(container, async || {
            rights::guarded(open.clone(), config.limits).await
        })
        .await;
    }
    let container = container.clone();
    let view = Box::new(move || match transport {
        Ok(transport) => {
            provide_context(DemoStorage(storage));
            view! { <App start transport /> }.into_any()
        }
        Err(sentence) => start_failed(sentence, None),
    });
    show(&container, view)
}

/// A view that is in the page until this is dropped.
pub type Mounted = UnmountHandle<<AnyView as Render>::State>;

const NOT_LOADED: &str = "A part of the portal could not be loaded. Check the connection, then try again.";

/// Asks for a part of the portal until it is there.
async fn once_loaded<T>(container: &HtmlElement, load: impl AsyncFn() -> Result<T, NotLoaded>) -> T {
    loop {
        match load().await {
            Ok(loaded) => return loaded,
            Err(NotLoaded) => asked_again(container).await,
        }
    }
}

/// Says that a part of the portal could not be fetched, until the user wants to try again.
///
/// It is one future for all that wait for different things.
fn asked_again(container: &HtmlElement) -> LocalFuture<'_, ()> {
    Box::pin(async move {
        let mut shown = None;
        let asked = Promise::new(&mut |resolve, _| {
            let view = Box::new(move || {
                let resolve = StoredValue::new_local(resolve);
                let again = Callback::new(move |()| {
                    // A promise's own resolve function does not throw.
                    resolve.with_value(|resolve| resolve.call0(&JsValue::NULL)).ok();
                });
                start_failed(NOT_LOADED.to_owned(), Some(again))
            });
            shown = Some(show(container, view));
        });
        // The promise is never rejected.
        JsFuture::from(asked).await.ok();
    })
}

/// Puts a view into the container, in the place of what the page holds before.
///
/// Leptos' part of it is compiled anew for each type of `view`, so that there is only this one.
pub(crate) fn show(container: &HtmlElement, view: Box<dyn FnOnce() -> AnyView>) -> Mounted {
    if let Ok(Some(boot)) = container.query_selector("#boot") {
        boot.remove();
    }
    mount_to(container.clone(), view)
}

/// The body of the page that is the app's own.
pub(crate) fn body() -> HtmlElement {
    document().body().expect("a page has a body once its scripts run")
}

fn start_failed(sentence: String, again: Option<Callback<()>>) -> AnyView {
    view! { <StartFailed sentence again /> }.into_any()
}

/// Where the demo keeps its world; `None` until the worker says so, and outside the demo.
#[derive(Clone, Copy)]
pub struct DemoStorage(pub RwSignal<Option<WorkerStorage>>);

#[component]
fn App(start: Start, transport: Rc<dyn Transport>) -> impl IntoView {
    let Start {
        config,
        page_clock,
        client,
        return_to,
        around,
        ..
    } = start;
    provide_theme(config.theme);
    let clock = BrowserClock::with_time_factor(config.time_factor);
    let session = Session::provide(client);
    let origin = match ArmOrigin::new(&config.arm) {
        Ok(origin) => origin,
        Err(error) => return start_failed(error.to_string(), None),
    };
    let arm = ArmClient::new(origin, transport, clock.clone(), session.credential());
    provide_services(Services {
        arm,
        clock,
        page_clock: page_clock.clone(),
        config,
    });
    provide_now();
    Notifications::provide(page_clock);
    let operations = Operations::provide();
    if let Some(account) = session.account().get_untracked() {
        operations.resume(Journal::of(&account.tenant_id, &account.object_id));
    }
    around();

    let has_account = Memo::new(move |_| session.account().with(Option::is_some));
    view! {
        <Router>
            <Returning to=return_to />
            {view_of(move || {
                if has_account.get() {
                    view! { <Frame><CurrentPage /></Frame> }.into_any()
                } else {
                    view! { <SignedOut /> }.into_any()
                }
            })}
        </Router>
    }
    .into_any()
}

#[component]
fn CurrentPage() -> impl IntoView {
    let place = location::use_place();
    view_of(move || match place.get() {
        Place::Servers => view! { <ServersPage /> }.into_any(),
        Place::Backups(server) => view! { <BackupsPage server /> }.into_any(),
        Place::LongTermRetention(server) => view! { <LongTermRetentionPage server /> }.into_any(),
        Place::Protection(server) => view! { <ProtectionPage server /> }.into_any(),
        Place::Protect => view! { <ProtectPage /> }.into_any(),
        Place::Vaults => view! { <VaultsPage /> }.into_any(),
        Place::Vault(vault) => view! { <VaultPage vault /> }.into_any(),
        Place::Instance(instance) => view! { <InstancePage instance /> }.into_any(),
        Place::Restore(instance) => view! { <RestorePage instance /> }.into_any(),
        Place::VaultJobs(vault) => {
            view! { <Returning to=Some(link(&routes::vault_jobs(&vault))) /> }.into_any()
        }
        Place::Jobs => view! { <JobsPage /> }.into_any(),
        Place::Job(job) => view! { <JobPage job /> }.into_any(),
        #[cfg(debug_assertions)]
        Place::Gallery => view! { <crate::pages::GalleryPage /> }.into_any(),
        Place::Unknown => view! { <NotFoundPage /> }.into_any(),
    })
}

/// Goes back to where the user was before the sign-in, in place of the entry that came back from it.
#[component]
fn Returning(to: Option<String>) -> impl IntoView {
    if let Some(path) = to {
        location::replace(&path);
    }
}

fn page() -> Page {
    let base = document().base_uri().ok().flatten().unwrap_or_default();
    let host = window().location().hostname().unwrap_or_default();
    Page { host, base }
}

/// Whether the app shows a made-up world.
pub fn is_demo() -> bool {
    use_services().config.cloud.is_emulated()
}
