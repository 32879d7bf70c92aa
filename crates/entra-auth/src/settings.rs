//! Where and as what the app signs in.

use oauth2::url::{Host, Url};

use crate::SignInProblem;

/// Where and as what the app signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInSettings {
    /// Entra's authorization endpoint: https, or http on loopback.
    pub authorize_url: String,
    /// Entra's token endpoint, of the same origin; asked by [`Flow::Code`] alone.
    pub token_url: String,
    /// Entra's sign-out endpoint; `None` ends the session in this app only.
    pub logout_url: Option<String>,
    /// The directory asked for: its id, a domain of it, or `organizations`.
    pub tenant: String,
    /// The application id of the app's registration.
    pub client_id: String,
    /// Where Entra sends the answer, exactly as registered (auth #9): the app's base path.
    pub redirect_uri: String,
    /// What is asked for: `openid profile` and the scope of one resource (auth #5).
    pub scopes: Vec<String>,
    /// How the token is obtained.
    pub flow: Flow,
    /// Who must have issued the id token; `{tid}` stands for the id of the directory in the token.
    pub issuer: String,
}

/// How the token is obtained.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Flow {
    /// The token comes in the fragment of the answer's address.
    #[default]
    Implicit,
    /// A code comes there, and the token from the token endpoint for it and its verifier (PKCE, auth #47).
    Code,
}

impl SignInSettings {
    /// The settings for Entra's v2 endpoints at `login`, such as `https://login.microsoftonline.com`.
    ///
    /// `arm_scope` is what the token is for, such as `https://management.azure.com/user_impersonation`.
    pub fn v2(login: &str, tenant: &str, client_id: &str, redirect_uri: &str, arm_scope: &str) -> Self {
        let login = login.trim_end_matches('/');
        Self {
            authorize_url: format!("{login}/{tenant}/oauth2/v2.0/authorize"),
            token_url: format!("{login}/{tenant}/oauth2/v2.0/token"),
            logout_url: Some(format!("{login}/{tenant}/oauth2/v2.0/logout")),
            tenant: tenant.to_owned(),
            client_id: client_id.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            scopes: ["openid", "profile", arm_scope].map(str::to_owned).to_vec(),
            flow: Flow::Implicit,
            issuer: format!("{login}/{{tid}}/v2.0"),
        }
    }
}

impl SignInSettings {
    /// The scopes of a request: by code also a refresh token, which an SPA is given for a day (auth #47).
    pub(crate) fn scopes_to_ask_for(&self) -> impl Iterator<Item = &str> {
        let more = (self.flow == Flow::Code).then_some("offline_access");
        self.scopes.iter().map(String::as_str).chain(more)
    }

    /// The same for another directory, whose tokens are its own (auth #27); a guest has to name it (auth #12).
    ///
    /// The tenant is a part of Entra's path; an endpoint without one is told it in the query.
    #[must_use]
    pub fn in_directory(&self, tenant_id: &str) -> Self {
        let (own, other) = (format!("/{}/", self.tenant), format!("/{tenant_id}/"));
        let led = |url: &str| {
            if url.contains(&own) {
                url.replacen(&own, &other, 1)
            } else {
                let mark = if url.contains('?') { '&' } else { '?' };
                format!("{url}{mark}tenant={tenant_id}")
            }
        };
        Self {
            authorize_url: led(&self.authorize_url),
            token_url: led(&self.token_url),
            logout_url: self.logout_url.as_deref().map(led),
            tenant: tenant_id.to_owned(),
            ..self.clone()
        }
    }
}

/// Parses an address that a sign-in may go to or come back to.
///
/// The `oauth2` crate takes any scheme and a fragment (auth #54), so both are refused here.
///
/// # Errors
/// When it is no URL, is neither https nor http on loopback, or holds a user name or a fragment.
pub(crate) fn endpoint(what: &str, text: &str) -> Result<Url, SignInProblem> {
    let refused = |why: &str| SignInProblem::Settings(format!("the {what} {why}"));
    let url = Url::parse(text).map_err(|error| refused(&format!("is not a URL: {error}")))?;
    let is_safe = url.scheme() == "https" || url.scheme() == "http" && is_loopback(&url);
    match () {
        () if !is_safe => Err(refused("is neither https nor on loopback")),
        () if url.fragment().is_some() => Err(refused("holds a fragment")),
        () if !url.username().is_empty() || url.password().is_some() => Err(refused("holds a user name")),
        () => Ok(url),
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_loopback_are_endpoints() {
        let cases = [
            (
                "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
                true,
            ),
            ("http://127.0.0.1:8400/organizations/oauth2/v2.0/authorize", true),
            ("http://localhost/authorize.html", true),
            ("http://[::1]:9/authorize", true),
            ("http://login.microsoftonline.com/authorize", false),
            ("http://localhost.evil.example/authorize", false),
            ("https://user@login.microsoftonline.com/authorize", false),
            ("https://:pw@login.microsoftonline.com/authorize", false),
            ("https://app.example/#x", false),
            ("https://app.example/#", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("/authorize", false),
            ("", false),
        ];
        for (text, expected) in cases {
            let parsed = endpoint("authorize URL", text);
            assert_eq!(parsed.is_ok(), expected, "{text}: {parsed:?}");
        }
    }

    #[test]
    fn the_endpoints_of_another_directory_name_it_in_their_path_or_query() {
        let (tenant, fabrikam) = (
            "72f988bf-0000-4000-8000-00000000c0de",
            "72f988bf-0000-4000-8000-0000000fab01",
        );
        let mut settings = SignInSettings::v2(
            "https://login.example",
            tenant,
            "app",
            "https://app.example/",
            "x",
        );
        let other = settings.in_directory(fabrikam);
        assert_eq!(
            other.authorize_url,
            format!("https://login.example/{fabrikam}/oauth2/v2.0/authorize")
        );
        assert_eq!(
            other.logout_url,
            Some(format!("https://login.example/{fabrikam}/oauth2/v2.0/logout"))
        );
        assert_eq!(
            other.token_url,
            format!("https://login.example/{fabrikam}/oauth2/v2.0/token")
        );
        assert_eq!(
            (other.tenant.as_str(), &other.issuer),
            (fabrikam, &settings.issuer)
        );

        settings.authorize_url = "https://demo.example/demo/authorize.html".to_owned();
        settings.logout_url = Some("https://demo.example/demo/authorize.html?logout=1".to_owned());
        let other = settings.in_directory(fabrikam);
        assert_eq!(
            other.authorize_url,
            format!("https://demo.example/demo/authorize.html?tenant={fabrikam}")
        );
        assert_eq!(
            other.logout_url,
            Some(format!(
                "https://demo.example/demo/authorize.html?logout=1&tenant={fabrikam}"
            ))
        );
    }

    #[test]
    fn the_v2_endpoints_and_issuer_follow_from_the_login_host() {
        let settings = SignInSettings::v2(
            "https://login.microsoftonline.us/",
            "organizations",
            "app",
            "https://app.example/",
            "https://management.usgovcloudapi.net/user_impersonation",
        );
        assert_eq!(
            settings.authorize_url,
            "https://login.microsoftonline.us/organizations/oauth2/v2.0/authorize"
        );
        assert_eq!(
            settings.logout_url.as_deref(),
            Some("https://login.microsoftonline.us/organizations/oauth2/v2.0/logout")
        );
        assert_eq!(settings.issuer, "https://login.microsoftonline.us/{tid}/v2.0");
    }
}
