//! What a test plays on: the app on a static host, Azure, and a browser of its own.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;

use arm_emulator::{Fault, World};
use arm_emulator_server::{EmulatorServer, Options};
use serde_json::{Value, json};
use thirtyfour::BrowserLogEntry;

use crate::browser::Profile;
use crate::network::{self, SentRequest};
use crate::page::{Page, Scheme, Size};
use crate::plain_host::PlainHost;
use crate::{axe, console, leaving, paths, secrets};

/// How much faster than life operations and waits are, so that a backup of minutes takes a second or two.
const TIME_FACTOR: f64 = 60.0;

/// The whole document as text.
const DOCUMENT: &str = "document.documentElement.outerHTML";
/// What stands in the shadow roots of custom elements, which the document's text leaves out.
const ELEMENTS: &str = "[...document.querySelectorAll('pg-backup-portal')].map(({ shadowRoot }) => shadowRoot?.innerHTML).join(' ')";
/// Where a page could keep a secret besides its document.
const KEEPING_PLACES: [&str; 7] = [
    ELEMENTS,
    "JSON.stringify(localStorage)",
    "JSON.stringify(sessionStorage)",
    "location.href",
    "JSON.stringify(history.state)",
    "document.cookie",
    "[...document.querySelectorAll('input, textarea')].map((field) => field.value).join(' ')",
];

/// Everything one test needs; nothing of it is shared with another test.
pub struct Stage {
    page: Page,
    /// The origin of the static host.
    host: String,
    /// The path of the app on it, without a slash at its end.
    base: String,
    azure: Option<EmulatorServer>,
    /// Serves as long as the test plays.
    _plain_host: Option<PlainHost>,
    /// The page of another origin that may hold the app.
    host_page: Option<PlainHost>,
    announced: Vec<String>,
    network: Vec<BrowserLogEntry>,
    console: Vec<BrowserLogEntry>,
}

impl Stage {
    /// The app against the emulator behind HTTP. It has another port, so that CORS, preflights and hidden headers
    /// are real.
    pub async fn with_emulator_server() -> Self {
        Self::with_options(Options::default()).await
    }

    /// The same with a server more, [`MANY_BACKUPS`](crate::portal::MANY_BACKUPS), that has so many backups.
    pub async fn with_many_backups(load: usize) -> Self {
        let options = Options {
            load,
            ..Options::default()
        };
        Self::with_options(options).await
    }

    /// The same with an emulator that is started so; its time runs as in all tests.
    pub async fn with_options(options: Options) -> Self {
        Self::with_emulator(options, |_| json!({ "flow": "implicit" })).await
    }

    /// The same beside a host portal (`examples/host-portal`), whose pages may hold the app.
    pub async fn with_host_page() -> Self {
        let host_page = PlainHost::of_a_host_portal();
        let hosts = json!({ "hosts": [host_page.url()] });
        let stage = Self::with_emulator(Options::default(), |_| hosts).await;
        Self {
            host_page: Some(host_page),
            ..stage
        }
    }

    /// The same beside a host portal whose pages may not hold the app, though another's may.
    pub async fn with_unknown_host_page() -> Self {
        let hosts = json!({ "hosts": ["https://portal.contoso.com"] });
        let stage = Self::with_emulator(Options::default(), |_| hosts).await;
        Self {
            host_page: Some(PlainHost::of_a_host_portal()),
            ..stage
        }
    }

    /// The same in an installation that lists the blobs of these storage accounts.
    pub async fn with_listed_blobs(accounts: &[&str]) -> Self {
        let changes = |azure: &EmulatorServer| {
            let endpoint = |account: &&str| format!("{}/_blob/{account}", azure.url());
            json!({ "storage": accounts.iter().map(endpoint).collect::<Vec<_>>() })
        };
        Self::with_emulator(Options::default(), changes).await
    }

    /// The same with more in `config.json`, such as `readOnly`.
    pub async fn with_more_config(more: Value) -> Self {
        Self::with_emulator(Options::default(), |_| more).await
    }

    /// `changes` are members of `config.json`.
    async fn with_emulator(options: Options, changes: impl FnOnce(&EmulatorServer) -> Value) -> Self {
        let options = Options {
            time_factor: TIME_FACTOR,
            ..options
        };
        let azure = EmulatorServer::start(options).await.expect("a free port");
        let mut config = json!({
            "cloud": "emulator",
            "transport": "fetch",
            "login": azure.url(),
            "arm": azure.url(),
            "emulator": { "timeFactor": TIME_FACTOR },
        });
        for (name, value) in changes(&azure).as_object().into_iter().flatten() {
            config[name] = value.clone();
        }
        Self::new(&paths::dist(), config, "", Some(azure)).await
    }

    /// The same, signed in to by authorization code with PKCE.
    pub async fn with_emulator_server_by_code() -> Self {
        Self::with_emulator(Options::default(), |_| json!({ "flow": "code" })).await
    }

    /// The demo: the app and the emulator's worker, nothing but static files, below the path `base` (empty, or
    /// `/portal`).
    pub async fn with_emulator_worker(base: &str) -> Self {
        let emulator = json!({ "timeFactor": TIME_FACTOR });
        let config = json!({ "cloud": "emulator", "transport": "worker", "emulator": emulator });
        Self::new(&paths::dist(), config, base, None).await
    }

    /// The files of a folder as a static host serves them, without Azure: to try the harness itself.
    pub async fn with_files(folder: &Path) -> Self {
        Self::new(
            folder,
            json!({ "cloud": "emulator", "transport": "worker" }),
            "",
            None,
        )
        .await
    }

    /// The app with another `config.json`, without Azure: to see what it says of it.
    pub async fn with_config(config: Value) -> Self {
        Self::new(&paths::dist(), config, "", None).await
    }

    /// The demo on the simplest of hosts, Python's own, which sends no header and has no answer for a page that is no file.
    pub async fn with_plain_host() -> Self {
        let emulator = json!({ "timeFactor": TIME_FACTOR });
        let config = json!({ "cloud": "emulator", "transport": "worker", "emulator": emulator });
        Self::on_plain_host(&config).await
    }

    /// The same beside a host portal, with these origins of pages that may hold the app.
    pub async fn with_plain_host_beside_a_host_page(hosts: &[&str]) -> Self {
        let host_page = PlainHost::of_a_host_portal();
        let own = host_page.url();
        let hosts: Vec<_> = hosts
            .iter()
            .map(|host| if *host == "own" { &own } else { *host })
            .collect();
        let config = json!({ "cloud": "emulator", "transport": "worker", "hosts": hosts });
        let stage = Self::on_plain_host(&config).await;
        Self {
            host_page: Some(host_page),
            ..stage
        }
    }

    async fn on_plain_host(config: &Value) -> Self {
        let host = PlainHost::start(&paths::dist(), config);
        let url = host.url();
        Self::at(url, "", None, Some(host)).await
    }

    async fn new(files: &Path, config: Value, base: &str, azure: Option<EmulatorServer>) -> Self {
        let any_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let (address, serving) = static_host::serve(files, &config, base, any_port)
            .await
            .expect("a free port");
        tokio::spawn(serving);
        Self::at(format!("http://{address}"), base, azure, None).await
    }

    async fn at(
        host: String,
        base: &str,
        azure: Option<EmulatorServer>,
        plain_host: Option<PlainHost>,
    ) -> Self {
        let (driver, profile) = Profile::fresh().await;
        let page = Page::new(driver, profile);
        page.set_view(Size::DESKTOP, Scheme::Light).await;
        let watch = json!({ "source": leaving::WATCH });
        page.devtools("Page.addScriptToEvaluateOnNewDocument", watch)
            .await;
        page.keep_toasts().await;
        let base = base.to_owned();
        Self {
            page,
            host,
            base,
            azure,
            _plain_host: plain_host,
            host_page: None,
            announced: vec![],
            network: vec![],
            console: vec![],
        }
    }

    /// The tab.
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// The absolute URL of a path of the app.
    pub fn url(&self, path: &str) -> String {
        format!("{}{}{path}", self.host, self.base)
    }

    /// Opens a path of the app.
    pub async fn open(&self, path: &str) {
        self.page.open(&self.url(path)).await;
    }

    /// The origin of Azure: of Resource Manager and of the sign-in page.
    ///
    /// # Panics
    /// In the worker demo, where there is none.
    pub fn azure_url(&self) -> String {
        self.azure().url()
    }

    /// The origin of the host portal.
    ///
    /// # Panics
    /// On a stage without one.
    pub fn host_page_url(&self) -> String {
        self.host_page
            .as_ref()
            .expect("the stage has a host portal")
            .url()
    }

    /// Makes Azure misbehave.
    ///
    /// # Panics
    /// In the worker demo, where the world is in the browser.
    pub fn inject(&self, fault: Fault) {
        self.with_world(|world| world.faults().inject(fault));
    }

    /// Has the next sign-in answered so; several are answered in turn.
    ///
    /// # Panics
    /// When the sign-in page has no such answer, and in the worker demo.
    pub fn play_sign_in(&self, play: &str) {
        self.azure().play_sign_in(play);
    }

    /// Looks at Azure, or changes it, between two requests.
    ///
    /// # Panics
    /// In the worker demo, where the world is in the browser.
    pub fn with_world<R>(&self, use_world: impl FnOnce(&mut World) -> R) -> R {
        self.azure().with_world(use_world)
    }

    fn azure(&self) -> &EmulatorServer {
        self.azure.as_ref().expect("the stage has an emulator server")
    }

    /// Announces an error that the browser will write to the console, by a part of its message: a browser calls
    /// every answer of status 400 and above an error. Without it the error is a fault; if it does not come, that
    /// is a fault as well.
    pub fn announce_console_error(&mut self, part: impl Into<String>) {
        self.announced.push(part.into());
    }

    /// All requests the tab has sent so far.
    pub async fn requests(&mut self) -> Vec<SentRequest> {
        let read = self.page.driver().get_log("performance").await;
        self.network.extend(self.page.done("read the network log", read));
        network::sent_requests(&self.network)
    }

    /// Keeps a picture of the page as it is now, and gives what is inaccessible or secret in it.
    pub async fn look(&self, picture: &str) -> Vec<String> {
        self.page.settle().await;
        self.page.screenshot(picture).await;
        self.faults_of_the_view().await
    }

    /// [Looks](Self::look) and asserts that nothing is wrong.
    ///
    /// # Panics
    /// With all that is wrong.
    pub async fn inspect(&self, picture: &str) {
        let faults = self.look(picture).await;
        assert!(faults.is_empty(), "{picture}:\n{}", faults.join("\n"));
    }

    /// All that is wrong with what the tab did so far and shows now: no panic, error or policy violation in the
    /// console, no request to anyone else, no route that the emulator does not know, nothing inaccessible, and no
    /// secret in document, fields, storage, address, console, clipboard or a file that was made.
    pub async fn faults(&mut self) -> Vec<String> {
        self.page.asynchronous_script(leaving::ALL_READ, vec![]).await;
        let mut faults = self.faults_of_the_view().await;
        let requests = self.requests().await;
        let read = self.page.driver().browser_log().await;
        self.console.extend(self.page.done("read the console", read));

        faults.extend(console::faults(&self.console, &self.announced));
        faults.extend(network::strangers(&requests, &self.origins()));
        faults.extend(self.secrets_kept(&requests).await);
        if let Some(azure) = &self.azure {
            let unknown = azure.with_world(|world| world.unknown_routes().to_vec());
            faults.extend(
                unknown
                    .into_iter()
                    .map(|route| format!("the emulator does not know {route}")),
            );
        }
        faults
    }

    /// Ends the test and asserts that there are no [faults](Self::faults).
    ///
    /// # Panics
    /// With all that is wrong.
    pub async fn finish(mut self) {
        let mut faults = self.faults().await;
        if !faults.is_empty() {
            faults.extend(self.page.words_of_stopped_apps().await);
        }
        let quit = self.page.driver().clone().quit().await;
        self.page.done("quit", quit);
        assert!(
            faults.is_empty(),
            "at the end of the test:\n{}",
            faults.join("\n")
        );
    }

    async fn faults_of_the_view(&self) -> Vec<String> {
        self.page.settle().await;
        let mut faults = axe::violations(&self.page).await;
        for place in [DOCUMENT, ELEMENTS] {
            let text = self.page.script(&format!("return {place}"), vec![]).await;
            let secret = text.as_str().and_then(secrets::find_secret);
            faults.extend(secret.map(|secret| format!("{secret}, in {place}")));
        }
        faults
    }

    /// The app's, Azure's and the host portal's.
    fn origins(&self) -> Vec<String> {
        let azure = self.azure.as_ref().map(EmulatorServer::url);
        let host_page = self.host_page.as_ref().map(PlainHost::url);
        azure
            .into_iter()
            .chain(host_page)
            .chain([self.host.clone()])
            .collect()
    }

    /// Secrets in storage and console. The tokens that were in use are known by their text, too.
    async fn secrets_kept(&self, requests: &[SentRequest]) -> Vec<String> {
        let tokens: BTreeSet<&str> = requests
            .iter()
            .filter_map(|request| request.bearer.as_deref())
            .collect();
        let mut places = vec![];
        for place in KEEPING_PLACES {
            let text = self.page.script(&format!("return {place}"), vec![]).await;
            places.push((place, text.as_str().unwrap_or_default().to_owned()));
        }
        places.extend(
            self.console
                .iter()
                .map(|entry| ("the console", entry.message.clone())),
        );
        places
            .into_iter()
            .filter_map(|(place, text)| {
                let token = tokens
                    .iter()
                    .any(|token| text.contains(token))
                    .then(|| "the access token".to_owned());
                token
                    .or_else(|| secrets::find_secret(&text))
                    .map(|secret| format!("{secret}, in {place}"))
            })
            .collect()
    }
}
