//! What the page around the portal says, read strictly.

use arm_core::{ResourceId, Secret, Timestamp};
use serde::Deserialize;

use super::message_text::{Guid, LONGEST, Short};
use crate::config::Theme;

/// A token and how long it is good for.
///
/// It has no `Debug`.
#[derive(Clone)]
pub struct HostToken {
    /// The token.
    pub token: Secret,
    /// When it ends.
    pub expires_on: Timestamp,
}

/// Who the host says is signed in; without it the journal of operations is kept in memory only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostAccount {
    /// The directory's id.
    pub tenant_id: String,
    /// The user's id in it.
    pub object_id: String,
    /// What to call them.
    pub name: String,
}

/// What the host starts the portal with.
#[derive(Clone, Default)]
pub struct Init {
    /// The token, if the host gives it at once.
    pub token: Option<HostToken>,
    /// The directory that tokens are of, where the host knows.
    pub tenant_id: Option<String>,
    /// Who is signed in.
    pub account: Option<HostAccount>,
    /// Azure Resource Manager's origin, as the host believes it to be.
    pub arm_endpoint: Option<String>,
    /// What is to be shown: a flexible server, a backup vault or a backup instance.
    pub target: Option<ResourceId>,
    /// The path to start at, as an earlier *navigate* gave it.
    pub path: Option<String>,
    /// The look.
    pub theme: Option<Theme>,
    /// Whether the host shows more contrast.
    pub has_more_contrast: bool,
    /// The language of numbers and times.
    pub locale: Option<String>,
    /// Whether nothing may be changed.
    pub is_read_only: bool,
    /// The acts that are not shown.
    pub hide: Vec<String>,
}

/// Why the host gives no token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostError {
    /// A short word of the host's.
    pub code: String,
    /// What it says.
    pub message: String,
}

/// A message of the host's.
pub enum HostMessage {
    /// The answer to *ready*.
    Init {
        /// The nonce of the *ready* that it answers.
        nonce: String,
        /// What it starts the portal with.
        init: Box<Init>,
    },
    /// The answer to a request for a token.
    TokenResponse {
        /// The request.
        request_id: String,
        /// The token, or why there is none.
        token: Result<HostToken, HostError>,
    },
    /// The host's look has changed.
    Theme {
        /// To this.
        theme: Theme,
        /// Whether with more contrast.
        has_more_contrast: bool,
    },
    /// The language of numbers and times has changed.
    Locale(String),
    /// Something else is to be shown.
    Target(ResourceId),
    /// Another page of the portal is to be shown, by a path that it told.
    Path(String),
    /// One of a later version, or of somebody else's.
    Unknown,
}

/// Why a text is no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// It is longer than any message.
    TooLong,
    /// It is not meant for the portal.
    NotOurs,
    /// It is meant for the portal in another version.
    OtherVersion(u32),
    /// It is meant for the portal, and wrong.
    Wrong,
}

impl HostMessage {
    /// Reads a text.
    ///
    /// # Errors
    /// Where it is no message of this version.
    pub fn read(text: &str) -> Result<Self, Unreadable> {
        if text.len() > LONGEST {
            return Err(Unreadable::TooLong);
        }
        let envelope: Envelope = serde_json::from_str(text).map_err(|_| Unreadable::NotOurs)?;
        let Some(kind) = envelope.kind.strip_prefix("pgbackup/") else {
            return Err(Unreadable::NotOurs);
        };
        if envelope.v != super::VERSION {
            return Err(Unreadable::OtherVersion(envelope.v));
        }
        fn body<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Unreadable> {
            serde_json::from_str(text).map_err(|_| Unreadable::Wrong)
        }
        match kind {
            "init" => init(body(text)?),
            // Whoever waits for it is told at once, not after ten seconds.
            "token-response" => body(text)
                .and_then(token_response)
                .or_else(|_| unreadable_token(body(text)?)),
            "theme" => {
                let said: ThemeBody = body(text)?;
                Ok(Self::Theme {
                    theme: said.theme,
                    has_more_contrast: said.contrast.is_some_and(Contrast::is_more),
                })
            }
            "locale" => {
                let said: LocaleBody = body(text)?;
                locale(said.locale).map(Self::Locale)
            }
            "target" => {
                let said: TargetBody = body(text)?;
                said.resource_id
                    .parse()
                    .map(Self::Target)
                    .map_err(|_| Unreadable::Wrong)
            }
            "path" => {
                let PathBody { path } = body(text)?;
                let path = path.into_inner();
                if is_path(&path) {
                    Ok(Self::Path(path))
                } else {
                    Err(Unreadable::Wrong)
                }
            }
            _ => Ok(Self::Unknown),
        }
    }
}

#[derive(Deserialize)]
struct Envelope {
    #[serde(rename = "type")]
    kind: String,
    v: u32,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InitBody {
    nonce: Short<128>,
    token: Option<String>,
    expires_on: Option<Timestamp>,
    tenant_id: Option<Guid>,
    account: Option<AccountBody>,
    arm_endpoint: Option<Short<256>>,
    resource_id: Option<Short<2048>>,
    path: Option<Short<2048>>,
    theme: Option<Theme>,
    contrast: Option<Contrast>,
    locale: Option<Short<64>>,
    #[serde(default)]
    read_only: bool,
    #[serde(default)]
    hide: Vec<Short<64>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AccountBody {
    tenant_id: Guid,
    object_id: Guid,
    name: Short<256>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TokenBody {
    request_id: Short<64>,
    token: Option<String>,
    expires_on: Option<Timestamp>,
    error: Option<ErrorBody>,
}

/// As much of an answer as says what it answers.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answered {
    request_id: Short<64>,
}

#[derive(Deserialize)]
struct ErrorBody {
    code: Short<64>,
    message: Short<512>,
}

#[derive(Deserialize)]
struct ThemeBody {
    theme: Theme,
    contrast: Option<Contrast>,
}

#[derive(Deserialize)]
struct LocaleBody {
    locale: Short<64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TargetBody {
    resource_id: String,
}

#[derive(Deserialize)]
struct PathBody {
    path: Short<2048>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Contrast {
    Normal,
    More,
}

impl Contrast {
    fn is_more(self) -> bool {
        matches!(self, Self::More)
    }
}

fn init(said: InitBody) -> Result<HostMessage, Unreadable> {
    let token = match (said.token, said.expires_on) {
        (Some(token), Some(expires_on)) => Some(host_token(token, expires_on)?),
        (None, None) => None,
        // Of a token without an end nobody knows when to ask for the next.
        _ => return Err(Unreadable::Wrong),
    };
    let target = said.resource_id.map(|id| id.into_inner().parse()).transpose();
    let path = said.path.map(Short::into_inner);
    if path.as_deref().is_some_and(|path| !is_path(path)) {
        return Err(Unreadable::Wrong);
    }
    let account = said.account.map(|account| HostAccount {
        tenant_id: account.tenant_id.into_inner(),
        object_id: account.object_id.into_inner(),
        name: account.name.into_inner(),
    });
    Ok(HostMessage::Init {
        nonce: said.nonce.into_inner(),
        init: Box::new(Init {
            token,
            tenant_id: said.tenant_id.map(Guid::into_inner),
            account,
            arm_endpoint: said.arm_endpoint.map(Short::into_inner),
            target: target.map_err(|_| Unreadable::Wrong)?,
            path,
            theme: said.theme,
            has_more_contrast: said.contrast.is_some_and(Contrast::is_more),
            locale: said.locale.map(locale).transpose()?,
            is_read_only: said.read_only,
            hide: said.hide.into_iter().map(Short::into_inner).collect(),
        }),
    })
}

fn token_response(said: TokenBody) -> Result<HostMessage, Unreadable> {
    let token = match (said.token, said.expires_on, said.error) {
        (Some(token), Some(expires_on), None) => Ok(host_token(token, expires_on)?),
        (None, None, Some(error)) => Err(HostError {
            code: error.code.into_inner(),
            message: error.message.into_inner(),
        }),
        _ => return Err(Unreadable::Wrong),
    };
    Ok(HostMessage::TokenResponse {
        request_id: said.request_id.into_inner(),
        token,
    })
}

fn unreadable_token(said: Answered) -> Result<HostMessage, Unreadable> {
    Ok(HostMessage::TokenResponse {
        request_id: said.request_id.into_inner(),
        token: Err(HostError {
            code: "unreadable".to_owned(),
            message: "Its answer has neither a token with expiresOn nor an error with code and message."
                .to_owned(),
        }),
    })
}

/// A token is one word of visible ASCII (RFC 6750, 2.1): anything else could not be a header either.
fn host_token(token: String, expires_on: Timestamp) -> Result<HostToken, Unreadable> {
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Unreadable::Wrong);
    }
    Ok(HostToken {
        token: Secret::new(token),
        expires_on,
    })
}

/// A language tag (BCP 47) by its letters; which of them the browser knows it says itself.
fn locale(tag: Short<64>) -> Result<String, Unreadable> {
    let tag = tag.into_inner();
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    if tag.split('-').all(is_part) {
        Ok(tag)
    } else {
        Err(Unreadable::Wrong)
    }
}

/// A path of the portal and nothing that could be another site's (T2).
fn is_path(path: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'\\' && byte != b'#';
    path.starts_with('/') && !path.starts_with("//") && path.bytes().all(is_plain)
}
