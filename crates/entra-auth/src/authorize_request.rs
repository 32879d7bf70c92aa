//! The way out: the address that a sign-in begins with.

use arm_core::Timestamp;
use oauth2::{
    AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, ResponseType, Scope,
    basic::BasicClient,
};

use crate::{
    Entropy, Flow, PendingSignIn, SignInProblem, SignInSettings, return_path::return_path_or_base,
    settings::endpoint,
};

/// What Entra is to ask the user, whatever it remembers of them (auth #11).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prompt {
    /// Nothing at all: an answer without the user or an error.
    None,
    /// The credentials, again.
    Login,
    /// Which account.
    SelectAccount,
    /// Whether the app may have what it asks for.
    Consent,
}

/// What one sign-in may ask for beyond the settings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignInOptions {
    /// What Entra is to ask the user.
    pub prompt: Option<Prompt>,
    /// The user name to begin with; left out with [`Prompt::SelectAccount`], which excludes it (auth #11).
    pub login_hint: Option<String>,
    /// The decoded JSON of a claims challenge that this sign-in answers (auth #30).
    pub claims: Option<String>,
}

impl Prompt {
    fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Login => "login",
            Self::SelectAccount => "select_account",
            Self::Consent => "consent",
        }
    }
}

/// Begins a sign-in: the address to go to and what must be kept until the answer comes.
///
/// See [`begin_with`] for the options; this asks for none of them.
///
/// # Errors
/// [`SignInProblem::Settings`] when an address in the settings is none that a sign-in may use.
pub fn begin(
    settings: &SignInSettings,
    entropy: Entropy,
    now: Timestamp,
    return_to: &str,
) -> Result<(String, PendingSignIn), SignInProblem> {
    begin_with(settings, entropy, now, return_to, &SignInOptions::default())
}

/// Begins a sign-in with options.
///
/// `return_to` is the path the user comes back to, with its query, from the root of the app's origin; one
/// that leads out of the app becomes the app's base path ([`crate::safe_return_path`]).
///
/// # Errors
/// [`SignInProblem::Settings`] when an address in the settings is none that a sign-in may use.
pub fn begin_with(
    settings: &SignInSettings,
    entropy: Entropy,
    now: Timestamp,
    return_to: &str,
    options: &SignInOptions,
) -> Result<(String, PendingSignIn), SignInProblem> {
    let authorize_url = endpoint("authorize URL", &settings.authorize_url)?;
    endpoint("redirect URI", &settings.redirect_uri)?;
    let return_to = return_path_or_base(return_to, &settings.redirect_uri);
    let pending = PendingSignIn::new(settings, &entropy, now, return_to);

    // The text of the redirect URI is kept as it is: Entra compares it with the registered one letter by
    // letter, and a parsed URL may be written differently.
    let redirect_url = RedirectUrl::new(settings.redirect_uri.clone())
        .map_err(|error| SignInProblem::Settings(format!("the redirect URI is not a URL: {error}")))?;
    let client = BasicClient::new(ClientId::new(settings.client_id.clone()))
        .set_auth_uri(AuthUrl::from_url(authorize_url))
        .set_redirect_uri(redirect_url);
    let mut request = client
        .authorize_url(|| CsrfToken::new(entropy.state()))
        .set_response_type(&response_type(settings.flow))
        .add_scopes(settings.scopes_to_ask_for().map(str::to_owned).map(Scope::new))
        // Without it the token alone would come in the query, which servers log (auth #4).
        .add_extra_param("response_mode", "fragment")
        .add_extra_param("nonce", entropy.nonce());
    if settings.flow == Flow::Code {
        let verifier = PkceCodeVerifier::new(entropy.verifier());
        request = request.set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
    }
    if let Some(prompt) = options.prompt {
        request = request.add_extra_param("prompt", prompt.name());
    }
    if let Some(hint) = &options.login_hint
        && options.prompt != Some(Prompt::SelectAccount)
    {
        request = request.add_extra_param("login_hint", hint);
    }
    if let Some(claims) = &options.claims {
        request = request.add_extra_param("claims", claims);
    }
    let (url, _state) = request.url();
    Ok((url.into(), pending))
}

fn response_type(flow: Flow) -> ResponseType {
    match flow {
        // The id token carries the nonce and the hash of the access token that bind the two to this
        // request (auth #33).
        Flow::Implicit => ResponseType::new("id_token token".to_owned()),
        // Which is of no use without the verifier, and that stays here.
        Flow::Code => ResponseType::new("code".to_owned()),
    }
}
