//! Reading and judging the text of `config.json`; pure.

use std::fmt;

use serde::{Deserialize, de::IgnoredAny};

use super::{
    Cloud,
    cloud::choice,
    origin::{accept_custom_origin, accept_hosts},
    storage::accept_storage,
};
use crate::rights::{By, Limits};

/// The directory of the emulator (`arm_emulator::directory`), used when no tenant is configured.
const EMULATED_TENANT: &str = "72f988bf-0000-4000-8000-00000000c0de";
const EMULATED_CLIENT: &str = "pg-backup-portal-demo";
/// Guests and personal accounts aside, whoever signs in has a work or school account (auth #12).
const ANY_ORGANIZATION: &str = "organizations";

/// What the app runs with.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The cloud.
    pub cloud: Cloud,
    /// The directory signed in to: an id, a domain or `organizations`.
    pub tenant: String,
    /// The application id of the app registration.
    pub client_id: String,
    /// How the user's token is obtained.
    pub flow: FlowKind,
    /// How requests reach Azure Resource Manager.
    pub transport: TransportKind,
    /// The page that signs users in, absolute.
    pub authorize_url: String,
    /// Where a code is redeemed, absolute; asked only where the flow is by code.
    pub token_url: String,
    /// The page that signs them out, absolute.
    pub logout_url: String,
    /// Who issues the tokens; `{tid}` stands for the directory's id (auth #34).
    pub issuer: String,
    /// What the token is for (auth #5, #71).
    pub audience: &'static str,
    /// The origin of Azure Resource Manager; the only one that ever gets a token.
    pub arm: String,
    /// The blob endpoints of the storage accounts whose blobs may be listed, beside Azure Resource Manager the only
    /// addresses that are called.
    pub storage: Vec<String>,
    /// The look to start with, unless the user has chosen one.
    pub theme: Theme,
    /// The origins of the pages that may hold the portal.
    pub hosts: Vec<String>,
    /// What may not be done here, whatever the user's roles.
    pub limits: Limits,
    /// Divides every wait of the app's clock; 1 outside the emulator.
    pub time_factor: f64,
}

/// How the user's token is obtained (decision 18).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum FlowKind {
    /// In the fragment of the address that the user comes back to.
    #[default]
    Implicit,
    /// By authorization code with PKCE.
    Code,
}

/// How requests travel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum TransportKind {
    /// By `fetch` over the network.
    #[default]
    Fetch,
    /// By message to the emulator in a worker of this page.
    Worker,
}

/// The look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl TryFrom<String> for FlowKind {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        choice(&word, ["implicit", "code"], [Self::Implicit, Self::Code])
    }
}

impl TryFrom<String> for TransportKind {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        choice(&word, ["fetch", "worker"], [Self::Fetch, Self::Worker])
    }
}

impl TryFrom<String> for Theme {
    type Error = String;

    fn try_from(word: String) -> Result<Self, String> {
        let themes = [Self::System, Self::Light, Self::Dark];
        choice(&word, ["system", "light", "dark"], themes)
    }
}

/// The page that reads the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The host name without port, as `location.hostname` has it.
    pub host: String,
    /// The base URL of the app, absolute and ending in a slash.
    pub base: String,
}

/// Why the file cannot be used, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigProblem(pub(super) String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct ConfigFile {
    /// For editors.
    #[serde(rename = "$schema")]
    _schema: Option<IgnoredAny>,
    cloud: Cloud,
    tenant: Option<String>,
    client_id: Option<String>,
    #[serde(default)]
    flow: FlowKind,
    #[serde(default)]
    transport: TransportKind,
    login: Option<String>,
    arm: Option<String>,
    #[serde(default)]
    storage: Vec<String>,
    #[serde(default)]
    theme: Theme,
    #[serde(default)]
    hosts: Vec<String>,
    #[serde(default)]
    read_only: bool,
    #[serde(default)]
    hide: Vec<String>,
    emulator: Option<EmulatorSection>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct EmulatorSection {
    time_factor: Option<f64>,
}

impl Config {
    /// Reads the text of `config.json` for the page that fetched it.
    ///
    /// # Errors
    /// When the text is no such file, or asks for something that is not allowed on this page.
    pub fn parse(text: &str, page: &Page) -> Result<Self, ConfigProblem> {
        if text.trim_start().starts_with('<') {
            return refuse("it is missing: the host answered a web page in its place");
        }
        let file: ConfigFile = serde_json::from_str(text)
            .map_err(|error| ConfigProblem(format!("it cannot be read: {error}")))?;
        let emulated = file.cloud.is_emulated();
        if file.transport == TransportKind::Worker && !emulated {
            return refuse("\"transport\": \"worker\" works only with \"cloud\": \"emulator\"");
        }
        if file.transport == TransportKind::Worker && file.flow == FlowKind::Code {
            return refuse(
                "\"flow\": \"code\" needs a token endpoint, which the emulator in a worker has not: use it behind HTTP",
            );
        }
        for (key, origin) in [("login", &file.login), ("arm", &file.arm)] {
            if let Some(origin) = origin {
                accept_custom_origin(key, origin, &page.host)?;
            }
        }
        accept_hosts(&file.hosts)?;
        accept_storage(&file.storage, file.cloud, &page.host)?;
        if emulated && file.transport == TransportKind::Fetch && (file.login.is_none() || file.arm.is_none())
        {
            return refuse("the emulator behind HTTP needs \"login\" and \"arm\"");
        }
        let Some(client_id) = file.client_id.or(emulated.then(|| EMULATED_CLIENT.to_owned())) else {
            return refuse("\"clientId\", the application id of the app registration, is missing");
        };
        if !emulated && !is_guid(&client_id) {
            return refuse("\"clientId\" is no application id such as 11111111-2222-4333-8444-555555555555");
        }
        let tenant = file.tenant.unwrap_or_else(|| {
            let tenant = if emulated {
                EMULATED_TENANT
            } else {
                ANY_ORGANIZATION
            };
            tenant.to_owned()
        });
        if !is_directory(&tenant) {
            return refuse("\"tenant\" is neither an id nor a domain, and not \"organizations\" either");
        }
        let time_factor = file
            .emulator
            .and_then(|section| section.time_factor)
            .unwrap_or(1.0);
        if !(1.0..=100_000.0).contains(&time_factor) || (time_factor != 1.0 && !emulated) {
            return refuse("\"emulator.timeFactor\" is a number from 1 to 100000, and only for the emulator");
        }
        let limits = Limits::new(By::Config, file.read_only, &file.hide)
            .map_err(|problem| ConfigProblem(format!("\"hide\" has an {problem}")))?;
        let endpoints = file.cloud.endpoints();
        let login = file.login.unwrap_or_else(|| endpoints.login.to_owned());
        let endpoint = |verb| format!("{login}/{tenant}/oauth2/v2.0/{verb}");
        let token_url = endpoint("token");
        let (authorize_url, logout_url) = if file.transport == TransportKind::Worker {
            let page = format!("{}demo/authorize.html", page.base);
            (page.clone(), page + "?logout=1")
        } else {
            (endpoint("authorize"), endpoint("logout"))
        };
        let issuer = if emulated {
            "https://emulator.invalid"
        } else {
            endpoints.login
        };
        Ok(Self {
            cloud: file.cloud,
            tenant,
            client_id,
            flow: file.flow,
            transport: file.transport,
            authorize_url,
            token_url,
            logout_url,
            issuer: format!("{issuer}/{{tid}}/v2.0"),
            audience: endpoints.audience,
            arm: file.arm.unwrap_or_else(|| endpoints.arm.to_owned()),
            storage: file.storage,
            theme: file.theme,
            hosts: file.hosts,
            limits,
            time_factor,
        })
    }
}

fn refuse<T>(why: &str) -> Result<T, ConfigProblem> {
    Err(ConfigProblem(why.to_owned()))
}

/// Whether a sign-in can name a directory so: by its id, by one of its domains, or by a word for several.
fn is_directory(tenant: &str) -> bool {
    let is_word = matches!(tenant, "organizations" | "common");
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let is_domain = || {
        tenant.contains('.')
            && tenant
                .split('.')
                .all(|part| !part.is_empty() && part.bytes().all(is_letter))
    };
    is_word || is_guid(tenant) || is_domain()
}

/// Whether it is written as `11111111-2222-4333-8444-555555555555`.
fn is_guid(text: &str) -> bool {
    let is_at = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(is_at)
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "config.json cannot be used: {}. Correct the file on the portal's host, then try again.",
            self.0
        )
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::rights::Act;

    /// The configuration of a page below `/portal/` on this host, or the sentence that refuses it.
    pub fn parse(text: &str, host: &str) -> Result<Config, String> {
        let page = Page {
            host: host.to_owned(),
            base: format!("http://{host}:8080/portal/"),
        };
        Config::parse(text, &page).map_err(|problem| problem.to_string())
    }

    #[test]
    fn the_demo_signs_in_beside_itself_and_calls_an_address_that_no_network_knows() {
        let config = parse(r#"{"cloud":"emulator","transport":"worker"}"#, "demo.example").expect("the demo");
        assert_eq!(
            config.authorize_url,
            "http://demo.example:8080/portal/demo/authorize.html"
        );
        assert_eq!(config.arm, "https://arm.emulator.invalid");
    }

    #[test]
    fn a_real_cloud_is_known_by_its_name() {
        let config = parse(
            r#"{"cloud":"usGovernment","tenant":"contoso.us","clientId":"11111111-2222-4333-8444-555555555555"}"#,
            "portal.example",
        )
        .expect("a cloud");
        assert_eq!(
            config.authorize_url,
            "https://login.microsoftonline.us/contoso.us/oauth2/v2.0/authorize"
        );
        assert_eq!(config.arm, "https://management.usgovcloudapi.net");
        assert_eq!(
            config.token_url,
            "https://login.microsoftonline.us/contoso.us/oauth2/v2.0/token"
        );
        assert_eq!(
            config.flow,
            FlowKind::Implicit,
            "unless another one is configured"
        );
    }

    #[test]
    fn nothing_is_forbidden_unless_the_file_says_so() {
        let limits = |more: &str| {
            let text =
                format!(r#"{{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555"{more}}}"#);
            parse(&text, "portal.example").expect("a configuration").limits
        };
        assert!(!limits("").are_any());
        assert!(!limits(r#","readOnly":false,"hide":[]"#).are_any());
        assert_eq!(limits(r#","readOnly":true"#).read_only(), Some(By::Config));
        let without_restore = limits(r#","hide":["restore"]"#);
        assert!(without_restore.hides(Act::Restore) && !without_restore.hides(Act::Protect));
    }

    #[test]
    fn t09_origins_of_ones_own_stay_on_loopback() {
        let file = |origin: &str| format!(r#"{{"cloud":"emulator","login":"{origin}","arm":"{origin}"}}"#);
        for (origin, host, accepted) in [
            ("http://127.0.0.1:8090", "127.0.0.1", true),
            ("http://localhost:8090", "[::1]", true),
            ("https://[::1]:8090", "localhost", true),
            ("http://[::1]", "localhost", true),
            ("http://127.0.0.1:8090", "portal.example", false),
            ("http://evil.example", "127.0.0.1", false),
            ("http://127.0.0.1.evil.example", "127.0.0.1", false),
            ("http://localhost@evil.example", "127.0.0.1", false),
            ("http://127.0.0.1:80@evil.example", "127.0.0.1", false),
            ("http://127.0.0.1:80/path", "127.0.0.1", false),
            ("http://127.0.0.1:+80", "127.0.0.1", false),
            ("//127.0.0.1", "127.0.0.1", false),
            ("ftp://127.0.0.1", "127.0.0.1", false),
        ] {
            let parsed = parse(&file(origin), host);
            assert_eq!(parsed.is_ok(), accepted, "{origin} on {host}: {parsed:?}");
        }
    }

    #[test]
    fn a_directory_is_named_by_id_by_domain_or_by_a_word_for_several() {
        for tenant in [
            "organizations",
            "common",
            "contoso.com",
            "contoso.onmicrosoft.com",
            "72F988BF-86f1-41af-91ab-2d7cd011db47",
        ] {
            let text = format!(
                r#"{{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","tenant":"{tenant}"}}"#
            );
            assert!(parse(&text, "portal.example").is_ok(), "{tenant}");
        }
    }

    #[test]
    fn t09_each_mistake_has_its_sentence() {
        for (text, words) in [
            ("<!doctype html>", "is missing"),
            ("", "cannot be read"),
            ("{}", "missing field `cloud`"),
            (
                r#"{"cloud":"mars"}"#,
                "unknown variant `mars`, expected one of public, usGovernment, china, emulator",
            ),
            (r#"{"cloud":"public","theme":"Dark"}"#, "unknown variant `Dark`"),
            (r#"{"cloud":"public","transport":""}"#, "unknown variant ``"),
            (r#"{"cloud":7}"#, "invalid type: integer"),
            (
                r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","flow":"pkce"}"#,
                "unknown variant `pkce`, expected one of implicit, code",
            ),
            (
                r#"{"cloud":"emulator","transport":"worker","flow":"code"}"#,
                "needs a token endpoint",
            ),
            (r#"{"cloud":"public"}"#, "clientId"),
            (
                r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","armm":"x"}"#,
                "unknown field `armm`",
            ),
            (
                r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","transport":"worker"}"#,
                "only with",
            ),
            (
                r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","tenant":"a/b"}"#,
                "neither an id nor a domain",
            ),
            (
                r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","tenant":"contoso"}"#,
                "neither an id nor a domain",
            ),
            (
                r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","tenant":"contoso..com"}"#,
                "neither an id nor a domain",
            ),
            (
                r#"{"cloud":"public","clientId":"pg-backup-portal"}"#,
                "\"clientId\" is no application id such as",
            ),
            (
                r#"{"cloud":"public","clientId":"11111111222243338444555555555555"}"#,
                "\"clientId\" is no application id such as",
            ),
            (
                r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","emulator":{"timeFactor":2}}"#,
                "only for the emulator",
            ),
            (
                r#"{"cloud":"emulator","transport":"worker","emulator":{"timeFactor":0}}"#,
                "timeFactor",
            ),
            (r#"{"cloud":"emulator"}"#, "needs \"login\" and \"arm\""),
            (
                r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","hosts":["https://*.contoso.com"]}"#,
                "\"hosts\" has `https://*.contoso.com`, which is not the origin of a page",
            ),
            (
                r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","hosts":"https://portal.contoso.com"}"#,
                "expected a sequence",
            ),
            (
                r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","readOnly":"yes"}"#,
                "invalid type: string \"yes\", expected a boolean",
            ),
            (
                r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","hide":"restore"}"#,
                "invalid type: string \"restore\", expected a sequence",
            ),
            (
                r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","hide":["restore","restart"]}"#,
                "\"hide\" has an unknown act `restart`, expected one of take-backup, delete-backup,",
            ),
            (
                r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","storage":["https://stcontoso"]}"#,
                "\"storage\" has `https://stcontoso`, which is no blob endpoint of this cloud",
            ),
            (
                r#"{"cloud":"public","clientId":"11111111-2222-4333-8444-555555555555","storage":"x"}"#,
                "invalid type: string",
            ),
        ] {
            let problem = parse(text, "127.0.0.1").expect_err(text);
            assert!(problem.contains(words), "{text}: {problem}");
        }
    }
}
