//! Who is signed in: `entra-auth`'s session as signals, and as the client's credential.

use std::rc::Rc;

use arm_client::{Credential, SignInNeeded, SignInReason, TokenRequest};
use arm_core::{Clock, LocalFuture, Secret};
use entra_auth::{
    Account, Flow, Prompt, PublicClient, SessionState, SignInSettings, SignedOutReason, browser,
};
use leptos::prelude::*;

use crate::config::Config;

/// The session, from context.
#[derive(Clone, Copy)]
pub struct Session {
    client: StoredValue<PublicClient, LocalStorage>,
    state: RwSignal<SessionState>,
    account: RwSignal<Option<Account>>,
}

/// The session, from context.
pub fn use_session() -> Session {
    expect_context()
}

impl Session {
    /// Puts the session into context, having taken Entra's answer if this page was opened by one.
    ///
    /// The path given back is where the user was before the sign-in.
    pub fn provide(config: &Config, base: &str, clock: Rc<dyn Clock>) -> (Self, Option<String>) {
        let client = PublicClient::new(settings(config, base), clock);
        let return_to = client.handle_redirect();
        let state = client.state();
        let session = Self {
            account: RwSignal::new(client.accounts().into_iter().next()),
            state: RwSignal::new(state),
            client: StoredValue::new_local(client),
        };
        provide_context(session);
        // *Back* from Entra may bring this very page back, which had said nothing since it was leaving.
        session
            .client
            .with_value(|client| client.on_return(move || session.show()));
        (session, return_to)
    }

    /// Who is signed in, or was until the token ended: their page stays where it is.
    pub fn account(self) -> Signal<Option<Account>> {
        self.account.into()
    }

    /// Whether the user has to sign in again to go on.
    pub fn has_ended(self) -> Signal<bool> {
        Signal::derive(move || {
            self.account.with(Option::is_some) && !matches!(self.state.get(), SessionState::SignedIn(_))
        })
    }

    /// Why nobody is signed in.
    pub fn signed_out_reason(self) -> Option<SignedOutReason> {
        match self.state.get() {
            SessionState::SignedOut { reason } => Some(reason),
            SessionState::SigningIn | SessionState::SignedIn(_) => None,
        }
    }

    /// Leaves for the sign-in page because the user asked to.
    pub fn sign_in(self, prompt: Option<Prompt>) {
        let leaving = |client: &PublicClient| client.login_redirect(&browser::current_path(), prompt);
        self.client.with_value(leaving).ok();
        self.show();
    }

    /// Leaves for the sign-in page by itself, when nobody has tried yet; once.
    pub fn sign_in_at_first(self) {
        let state = self.state.get_untracked();
        let is_new = matches!(
            state,
            SessionState::SignedOut {
                reason: SignedOutReason::NewSession
            }
        );
        if is_new {
            let leaving =
                |client: &PublicClient| client.login_redirect_automatically(&browser::current_path());
            self.client.with_value(leaving).ok();
            self.show();
        }
    }

    /// Forgets the token and signs out at Entra too.
    pub fn sign_out(self) {
        self.client.with_value(PublicClient::logout).ok();
        self.account.set(None);
        self.show();
    }

    /// The session as the client's credential.
    pub fn credential(self) -> Rc<dyn Credential> {
        Rc::new(SessionCredential(self))
    }

    /// Takes over what the client says, which is also where a failure to leave is said.
    fn show(self) {
        self.state.set(self.client.with_value(PublicClient::state));
    }
}

struct SessionCredential(Session);

impl Credential for SessionCredential {
    fn token(&self, _request: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>> {
        let token = self.0.client.with_value(PublicClient::acquire_token_silent);
        let token = token.map_err(|state| {
            let reason = match &state {
                SessionState::SignedOut {
                    reason: SignedOutReason::Expired,
                } => SignInReason::Expired,
                SessionState::SignedOut {
                    reason: SignedOutReason::Refused,
                } => SignInReason::Refused,
                _ => SignInReason::NotSignedIn,
            };
            self.0.state.set(state);
            SignInNeeded { reason }
        });
        Box::pin(std::future::ready(token))
    }

    fn refused(&self, token: &Secret) {
        self.0.client.with_value(|client| client.token_refused(token));
        self.0.show();
    }
}

/// The redirect URI is the base path, and the token is for Azure Resource Manager and nothing else.
fn settings(config: &Config, base: &str) -> SignInSettings {
    SignInSettings {
        authorize_url: config.authorize_url.clone(),
        logout_url: Some(config.logout_url.clone()),
        tenant: config.tenant.clone(),
        client_id: config.client_id.clone(),
        redirect_uri: base.to_owned(),
        scopes: vec![
            "openid".to_owned(),
            "profile".to_owned(),
            format!("{}/user_impersonation", config.audience),
        ],
        flow: Flow::Implicit,
        issuer: config.issuer.clone(),
    }
}
