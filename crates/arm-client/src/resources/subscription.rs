//! A subscription.

use arm_core::ResourceId;
use serde::Deserialize;

use crate::lenient::{self, open_enum};

/// A subscription the token's tenant shows (reference C4, G9).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    /// `/subscriptions/{id}`.
    pub id: ResourceId,
    /// The id alone.
    pub subscription_id: String,
    /// What people call it.
    #[serde(default, deserialize_with = "lenient::text")]
    pub display_name: Option<String>,
    /// Whether it may be written to.
    #[serde(default, deserialize_with = "lenient::open")]
    pub state: Option<SubscriptionState>,
    /// The tenant whose tokens it takes (auth #27).
    #[serde(default, deserialize_with = "lenient::text")]
    pub tenant_id: Option<String>,
}

impl Subscription {
    /// The name people use, or the id where there is none.
    pub fn shown_name(&self) -> &str {
        self.display_name.as_deref().unwrap_or(&self.subscription_id)
    }
}

open_enum! {
    /// Whether a subscription may be written to; reading works in every state but `Deleted` (reference G9).
    SubscriptionState {
        /// It may.
        Enabled = "Enabled",
        /// It may soon not.
        Warned = "Warned",
        /// A bill is open.
        PastDue = "PastDue",
        /// It may not.
        Disabled = "Disabled",
        /// It is gone.
        Deleted = "Deleted",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscription_without_a_name_shows_its_id() {
        for (json, name, state) in [
            (
                r#"{"id":"/subscriptions/1","subscriptionId":"1","displayName":"Contoso","state":"enabled","tenantId":"t"}"#,
                "Contoso",
                Some(SubscriptionState::Enabled),
            ),
            (
                r#"{"id":"/subscriptions/1","subscriptionId":"1","displayName":null,"state":null}"#,
                "1",
                None,
            ),
            (
                r#"{"id":"/subscriptions/1","subscriptionId":"1","displayName":"","state":"Paused"}"#,
                "1",
                Some(SubscriptionState::Other("Paused".into())),
            ),
        ] {
            let subscription: Subscription = serde_json::from_str(json).expect(json);
            assert_eq!(subscription.shown_name(), name, "{json}");
            assert_eq!(subscription.state, state, "{json}");
        }
    }
}
