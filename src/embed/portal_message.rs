//! What the portal tells the page around it; never a token, and nothing that a SAS could be in.

use serde::Serialize;

use super::VERSION;

/// Why a token is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenReason {
    /// None has been given yet, or none for this directory.
    Missing,
    /// The one that was given is about to end.
    Expiring,
    /// Azure Resource Manager did not take it.
    Refused,
    /// Azure Resource Manager asks for more than it holds.
    Claims,
}

/// How a notification is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NotifyIntent {
    /// Something has been set going.
    Info,
    /// It has ended well.
    Success,
    /// It has ended with a reservation.
    Warning,
    /// It has failed.
    Error,
}

/// A message to the page around the portal.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all_fields = "camelCase")]
pub enum PortalMessage {
    /// The portal is there; the answer has to give the nonce back.
    #[serde(rename = "pgbackup/ready")]
    Ready {
        /// One of its own for each start.
        nonce: String,
    },
    /// The portal goes by what the page has said.
    #[serde(rename = "pgbackup/started")]
    Started,
    /// The page's answer cannot be gone by.
    #[serde(rename = "pgbackup/refused")]
    Refused {
        /// Why, for whoever builds that page.
        reason: String,
    },
    /// An access token for Azure Resource Manager is needed.
    #[serde(rename = "pgbackup/token-request")]
    TokenRequest {
        /// Of this request and no other.
        request_id: String,
        /// The directory that it has to be of; absent is the one that the user is of.
        #[serde(skip_serializing_if = "Option::is_none")]
        tenant_id: Option<String>,
        /// What a challenge asked for, as JSON (auth #30).
        #[serde(skip_serializing_if = "Option::is_none")]
        claims: Option<String>,
        /// Why.
        reason: TokenReason,
    },
    /// How high the portal would like its frame.
    #[serde(rename = "pgbackup/resize")]
    Resize {
        /// In CSS pixels.
        height: u32,
    },
    /// The user has gone to another page of the portal.
    #[serde(rename = "pgbackup/navigate")]
    Navigate {
        /// Below the portal's base path, to give back as the start of the next visit.
        path: String,
        /// What the page is called.
        title: String,
    },
    /// A notification is shown in the portal.
    #[serde(rename = "pgbackup/notify")]
    Notify {
        /// How it is meant.
        intent: NotifyIntent,
        /// What has happened.
        title: String,
    },
}

impl PortalMessage {
    /// The text that is sent.
    pub fn to_text(&self) -> String {
        #[derive(Serialize)]
        struct Versioned<'a> {
            v: u32,
            #[serde(flatten)]
            message: &'a PortalMessage,
        }
        let versioned = Versioned {
            v: VERSION,
            message: self,
        };
        // Texts and numbers always have a JSON text.
        serde_json::to_string(&versioned).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_message_as_it_is_sent() {
        let text = |message: PortalMessage| message.to_text();
        assert_eq!(
            text(PortalMessage::Ready {
                nonce: "n".to_owned()
            }),
            r#"{"v":1,"type":"pgbackup/ready","nonce":"n"}"#
        );
        assert_eq!(
            text(PortalMessage::Started),
            r#"{"v":1,"type":"pgbackup/started"}"#
        );
        let asked = |tenant_id: Option<&str>, claims: Option<&str>| PortalMessage::TokenRequest {
            request_id: "r".to_owned(),
            tenant_id: tenant_id.map(str::to_owned),
            claims: claims.map(str::to_owned),
            reason: TokenReason::Claims,
        };
        assert_eq!(
            text(asked(None, None)),
            r#"{"v":1,"type":"pgbackup/token-request","requestId":"r","reason":"claims"}"#
        );
        assert_eq!(
            text(asked(Some("t"), Some("{}"))),
            r#"{"v":1,"type":"pgbackup/token-request","requestId":"r","tenantId":"t","claims":"{}","reason":"claims"}"#
        );
        assert_eq!(
            text(PortalMessage::Notify {
                intent: NotifyIntent::Success,
                title: "done".to_owned(),
            }),
            r#"{"v":1,"type":"pgbackup/notify","intent":"success","title":"done"}"#
        );
    }
}
