//! The page that frames and windows come back to (`public/auth-bridge.html`): where it is, and what comes from it.

use crate::{SignInSettings, fragment::Fragment};

/// The page, beside the app's own.
const PAGE: &str = "auth-bridge.html";

/// Longer than any answer: an access token has a few kilobytes.
const LONGEST_ANSWER: usize = 64 * 1024;

/// The settings of a sign-in that comes back to the bridge instead of the app.
pub(crate) fn settings_of_bridge(settings: &SignInSettings) -> SignInSettings {
    let uri = &settings.redirect_uri;
    let folder = uri.rfind('/').map_or(uri.as_str(), |end| &uri[..=end]);
    SignInSettings {
        redirect_uri: format!("{folder}{PAGE}"),
        ..settings.clone()
    }
}

/// The channel on which the answer to the request of this state comes; `auth-bridge.js` has the same name.
pub(crate) fn channel_of(state: &str) -> String {
    format!("pgbp.sign-in.{state}")
}

/// Whether a message is an answer to the request of this state; what it says is judged by [`crate::finish`].
pub(crate) fn is_answer_to(message: &str, state: &str) -> bool {
    message.len() <= LONGEST_ANSWER
        && Fragment::parse(message).is_some_and(|answer| answer.get("state") == Some(state))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bridge_lies_beside_the_app() {
        for (app, bridge) in [
            ("https://app.example/", "https://app.example/auth-bridge.html"),
            (
                "https://app.example/portal/",
                "https://app.example/portal/auth-bridge.html",
            ),
            (
                "https://app.example/portal/index.html",
                "https://app.example/portal/auth-bridge.html",
            ),
        ] {
            let settings = SignInSettings::v2("https://login.example", "organizations", "app", app, "x");
            assert_eq!(settings_of_bridge(&settings).redirect_uri, bridge);
        }
    }

    #[test]
    fn the_script_of_the_bridge_posts_to_the_channel_that_is_listened_to() {
        let script = include_str!("../../../public/auth-bridge.js");
        let name = channel_of("${state}");
        assert!(
            script.contains(&format!("new BroadcastChannel(`{name}`)")),
            "{name}"
        );
    }

    #[test]
    fn t12_only_an_answer_of_the_same_state_ends_the_waiting() {
        let long = format!("state=s&error={}", "x".repeat(LONGEST_ANSWER));
        for (message, expected) in [
            ("state=s&error=login_required", true),
            ("#access_token=t&state=s", true),
            ("state=other&error=login_required", false),
            ("error=login_required", false),
            ("state=s&state=s&error=x", false),
            ("state=", false),
            ("", false),
            (long.as_str(), false),
        ] {
            let shown = &message[..message.len().min(40)];
            assert_eq!(is_answer_to(message, "s"), expected, "{shown}");
        }
    }
}
