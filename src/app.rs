//! The app: what is provided, in which order, and which page is shown.

use arm_client::{ArmClient, ArmOrigin};
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    components::{FlatRoutes, Route, Router},
    hooks::use_navigate,
    path,
};

use crate::{
    clock::BrowserClock,
    components::{Frame, SignedOut, StartFailed},
    config::{self, Config, Page},
    hooks::provide_now,
    location,
    pages::{BackupsPage, NotFoundPage, ServersPage},
    services::{Services, provide_services, use_services},
    session::Session,
    stores::{
        notifications::Notifications,
        operations::{Journal, Operations},
    },
    theme::provide_theme,
    transport::{self, WorkerStorage},
};

/// Reads the configuration and puts the app in the place of the page's static skeleton.
pub fn mount() {
    // Leptos' own executor starts with the first mount.
    wasm_bindgen_futures::spawn_local(async {
        let page = page();
        let config = config::load(&page).await;
        if let Some(boot) = document().get_element_by_id("boot") {
            boot.remove();
        }
        leptos::mount::mount_to_body(move || match config {
            Ok(config) => view! { <App config page /> }.into_any(),
            Err(problem) => view! { <StartFailed sentence=problem.to_string() /> }.into_any(),
        });
    });
}

/// Where the demo keeps its world; `None` until the worker says so, and outside the demo.
#[derive(Clone, Copy)]
pub struct DemoStorage(pub RwSignal<Option<WorkerStorage>>);

#[component]
fn App(config: Config, page: Page) -> impl IntoView {
    let storage = RwSignal::new(None);
    provide_context(DemoStorage(storage));
    provide_theme(config.theme);
    let clock = BrowserClock::with_time_factor(config.time_factor);
    let page_clock = BrowserClock::with_time_factor(1.0);
    let (session, return_to) = Session::provide(&config, &page.base, page_clock.clone());

    let transport = transport::from_config(&config, move |kept| storage.set(Some(kept)));
    let origin = ArmOrigin::new(&config.arm).map_err(|error| error.to_string());
    let (transport, origin) = match (transport, origin) {
        (Ok(transport), Ok(origin)) => (transport, origin),
        (Err(sentence), _) | (_, Err(sentence)) => return view! { <StartFailed sentence /> }.into_any(),
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
    session.sign_in_at_first();

    let has_account = Memo::new(move |_| session.account().with(Option::is_some));
    view! {
        <Router base=location::base_path()>
            <Returning to=return_to />
            <Show when=move || has_account.get() fallback=SignedOut>
                <Frame>
                    <FlatRoutes fallback=NotFoundPage>
                        <Route path=path!("/") view=ServersPage />
                        <Route path=path!("/servers/:subscription/:group/:name/backups") view=BackupsPage />
                    </FlatRoutes>
                </Frame>
            </Show>
        </Router>
    }
    .into_any()
}

/// Goes back to where the user was before the sign-in, in place of the entry that came back from it.
#[component]
fn Returning(to: Option<String>) -> impl IntoView {
    if let Some(path) = to {
        let options = NavigateOptions {
            resolve: false,
            replace: true,
            ..Default::default()
        };
        use_navigate()(&path, options);
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
