//! The way to sign out.

use crate::{SignInProblem, SignInSettings, settings::endpoint};

/// The address that ends the session at Entra and comes back to the app (auth #26); `None` where the
/// settings name no sign-out endpoint.
///
/// Tokens that were issued stay valid until they expire; the app forgets its own first.
///
/// # Errors
/// [`SignInProblem::Settings`] when the endpoint is none that a sign-in may use.
pub fn logout_url(settings: &SignInSettings) -> Result<Option<String>, SignInProblem> {
    let Some(logout_url) = &settings.logout_url else {
        return Ok(None);
    };
    let mut url = endpoint("logout URL", logout_url)?;
    url.query_pairs_mut()
        .append_pair("post_logout_redirect_uri", &settings.redirect_uri);
    Ok(Some(url.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_to_sign_out_comes_back_to_the_app() {
        let mut settings = SignInSettings::v2(
            "https://login.microsoftonline.com",
            "contoso.com",
            "app",
            "https://app.example/a b",
            "x",
        );
        assert_eq!(
            logout_url(&settings),
            Ok(Some(
                "https://login.microsoftonline.com/contoso.com/oauth2/v2.0/logout\
                 ?post_logout_redirect_uri=https%3A%2F%2Fapp.example%2Fa+b"
                    .to_owned()
            ))
        );
        settings.logout_url = Some("https://app.example/demo/authorize.html?logout=1".to_owned());
        let url = logout_url(&settings)
            .map(Option::unwrap_or_default)
            .unwrap_or_default();
        assert!(
            url.starts_with("https://app.example/demo/authorize.html?logout=1&post_logout"),
            "{url}"
        );
        settings.logout_url = Some("http://evil.example/".to_owned());
        assert!(matches!(logout_url(&settings), Err(SignInProblem::Settings(_))));
        settings.logout_url = None;
        assert_eq!(logout_url(&settings), Ok(None));
    }
}
