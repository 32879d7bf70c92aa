//! The link to the page around the portal: who is listened to, and what answers what.

use super::{
    HostMessage, HostToken, Init, PortalMessage, TokenReason,
    host_message::{HostError, Unreadable},
};
use crate::config::Theme;
use arm_core::ResourceId;

/// Who sent a text, as the browser says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sender<'a> {
    /// Whether it is the window around this one: `event.source === window.parent`.
    pub is_parent: bool,
    /// Its origin, as `event.origin` has it.
    pub origin: &'a str,
}

/// The link, from *ready* on.
///
pub struct HostLink {
    /// Exact origins, from `config.json`.
    allowed: Vec<String>,
    nonce: String,
    arm: String,
    /// The origin that gave the first answer that could be gone by; no other is heard from then on.
    pinned: Option<String>,
    /// The requests for a token that wait for an answer.
    asked: Vec<String>,
}

/// What a text is to the portal.
pub enum Heard {
    /// Nothing.
    Nothing(Why),
    /// The portal starts with this.
    Start(Box<Init>),
    /// The host's answer cannot be gone by: it is told, and so is the user.
    Refuse(&'static str),
    /// A token that was asked for, or why there is none.
    Token {
        /// The request that it answers.
        request_id: String,
        /// The token.
        token: Result<HostToken, HostError>,
    },
    /// The look has changed.
    Theme {
        /// To this.
        theme: Theme,
        /// Whether with more contrast.
        has_more_contrast: bool,
    },
    /// The language has changed.
    Locale(String),
    /// Something else is to be shown.
    Target(ResourceId),
    /// Another page is to be shown.
    Path(String),
}

/// Why a text is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is of another window.
    OtherWindow,
    /// It is of an origin that is not on the list, or not the one that answered first.
    OtherOrigin,
    /// It is no message, or none that is known.
    NoMessage,
    /// It answers another *ready*.
    OtherNonce,
    /// The portal has started already.
    Repeated,
    /// Nobody asked, or it has been answered.
    NotAsked,
    /// The portal has not started.
    TooEarly,
}

impl HostLink {
    /// A link that has heard nothing. `allowed` are exact origins, `arm` is the configured origin of Azure Resource
    /// Manager, and the nonce is made for this start alone.
    pub fn new(allowed: Vec<String>, arm: String, nonce: String) -> Self {
        Self {
            allowed,
            nonce,
            arm,
            pinned: None,
            asked: vec![],
        }
    }

    /// What is said first, and to whom: each origin of the list, as nobody knows which of them it is.
    pub fn ready(&self) -> (&[String], PortalMessage) {
        let nonce = self.nonce.clone();
        (&self.allowed, PortalMessage::Ready { nonce })
    }

    /// The one that is spoken to, once there is one.
    pub fn host(&self) -> Option<&str> {
        self.pinned.as_deref()
    }

    /// Hears a text.
    pub fn hear(&mut self, sender: Sender, text: &str) -> Heard {
        if !sender.is_parent {
            return Heard::Nothing(Why::OtherWindow);
        }
        let is_host = match &self.pinned {
            Some(pinned) => pinned == sender.origin,
            None => self.allowed.iter().any(|allowed| allowed == sender.origin),
        };
        if !is_host {
            return Heard::Nothing(Why::OtherOrigin);
        }
        let message = match HostMessage::read(text) {
            Ok(message) => message,
            Err(Unreadable::OtherVersion(_)) if self.pinned.is_none() => {
                return Heard::Refuse("The page around the portal speaks another version of the handshake.");
            }
            Err(Unreadable::Wrong) if self.pinned.is_none() => {
                return Heard::Refuse("What the page around the portal says cannot be read.");
            }
            Err(_) => return Heard::Nothing(Why::NoMessage),
        };
        match message {
            HostMessage::Init { nonce, init } => self.start(sender.origin, &nonce, init),
            _ if self.pinned.is_none() => Heard::Nothing(Why::TooEarly),
            HostMessage::TokenResponse { request_id, token } => {
                let Some(index) = self.asked.iter().position(|asked| *asked == request_id) else {
                    return Heard::Nothing(Why::NotAsked);
                };
                self.asked.swap_remove(index);
                Heard::Token { request_id, token }
            }
            HostMessage::Theme {
                theme,
                has_more_contrast,
            } => Heard::Theme {
                theme,
                has_more_contrast,
            },
            HostMessage::Locale(tag) => Heard::Locale(tag),
            HostMessage::Target(target) => Heard::Target(target),
            HostMessage::Path(path) => Heard::Path(path),
            HostMessage::Unknown => Heard::Nothing(Why::NoMessage),
        }
    }

    /// Asks for a token under an id of its own.
    pub fn ask(
        &mut self,
        request_id: String,
        tenant_id: Option<String>,
        claims: Option<String>,
        reason: TokenReason,
    ) -> PortalMessage {
        self.asked.push(request_id.clone());
        PortalMessage::TokenRequest {
            request_id,
            tenant_id,
            claims,
            reason,
        }
    }

    /// Nobody waits for the answer any more; one that still comes is not heard.
    pub fn give_up(&mut self, request_id: &str) {
        self.asked.retain(|asked| asked != request_id);
    }

    fn start(&mut self, origin: &str, nonce: &str, init: Box<Init>) -> Heard {
        if self.pinned.is_some() {
            return Heard::Nothing(Why::Repeated);
        }
        if nonce != self.nonce {
            return Heard::Nothing(Why::OtherNonce);
        }
        if init
            .arm_endpoint
            .as_ref()
            .is_some_and(|arm| arm.trim_end_matches('/') != self.arm)
        {
            return Heard::Refuse(
                "The page around the portal means another cloud than the portal's config.json.",
            );
        }
        self.pinned = Some(origin.to_owned());
        Heard::Start(init)
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
