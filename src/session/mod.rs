//! Who is signed in: `entra-auth`'s session as signals, and as the client's credential.

mod beside;
mod directories;
mod keeping;

use std::rc::Rc;

use arm_client::{Credential, SignInNeeded, SignInReason, TokenRequest};
use arm_core::{Clock, LocalFuture, Secret, Timestamp};
use entra_auth::{
    Account, Flow, Prompt, PublicClient, SessionState, SignInProblem, SignInSettings, SignedOutReason,
    browser,
};

pub use directories::{Directory, Standing, Wanted};

use directories::Elsewhere;

use crate::{
    config::{Config, FlowKind},
    lazy::{NotLoaded, lazy},
    prelude::*,
    stores::operations::Operations,
};

/// In the tab's storage from the sign-out to the next sign-in: without it the page that Entra sends back here would
/// leave for the sign-in by itself.
const SIGNED_OUT: &str = "pgbp.sign-in.signed-out";

/// The session, from context.
#[derive(Clone, Copy)]
pub struct Session {
    client: StoredValue<PublicClient, LocalStorage>,
    state: RwSignal<SessionState>,
    account: RwSignal<Option<Account>>,
    /// Until when the token is handed out.
    until: RwSignal<Option<Timestamp>>,
    again: RwSignal<Again>,
    /// Tokens of other directories.
    elsewhere: StoredValue<Elsewhere, LocalStorage>,
    /// The directories that are shown besides the home.
    chosen: RwSignal<Vec<Directory>>,
    /// What a sign-in is wanted for, while the session goes on.
    wanted: RwSignal<Option<Wanted>>,
    /// What goes on once there is a token again.
    operations: StoredValue<Option<Operations>>,
}

/// The sign-in beside a page that stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// What shows it has not been fetched: only the page itself can go to sign in.
    Unavailable,
    /// Nobody asks for it.
    Closed,
    /// It is shown.
    Open,
}

/// The session, from context.
pub fn use_session() -> Session {
    expect_context()
}

/// The sign-in of a page that has just been loaded; [`open`] comes next.
pub fn client(config: &Config, base: &str, clock: Rc<dyn Clock>) -> PublicClient {
    PublicClient::new(settings(config, base), clock)
}

/// Takes Entra's answer if this page was opened by one, or leaves for Entra by itself when nobody has tried yet; once.
///
/// Whoever has signed out in this tab stays signed out until they ask to sign in.
///
/// The path given back is where the user was before the sign-in.
///
/// # Errors
/// What leaves for Entra could not be fetched; nothing has happened, and it may be called again.
pub async fn open(client: &PublicClient) -> Result<Option<String>, NotLoaded> {
    let client = client.clone();
    if client.has_answer() {
        return match client.flow() {
            Flow::Implicit => Ok(client.handle_redirect()),
            Flow::Code => Ok(redeem(client).await?.await),
        };
    }
    if tab_storage().is_some_and(|storage| matches!(storage.get_item(SIGNED_OUT), Ok(Some(_)))) {
        client.forget();
        return Ok(None);
    }
    begin_automatically(client).await?;
    Ok(None)
}

// Why the page could not leave is in the client's state.
lazy! {
    sign_in_begin: fn begin_automatically(client: PublicClient) -> () {
        client.login_redirect_automatically(&browser::current_path()).ok();
    }
}

// Most installations never need it.
lazy! {
    sign_in_begin: fn redeem(client: PublicClient) -> LocalFuture<'static, Option<String>> {
        Box::pin(async move { client.handle_redirect_of_any_flow().await })
    }
}

lazy! {
    sign_in_begin: fn begin(client: PublicClient, prompt: Option<Prompt>) -> () {
        if let Some(storage) = tab_storage() {
            // What cannot be removed cannot have been kept.
            storage.remove_item(SIGNED_OUT).ok();
        }
        client.login_redirect(&browser::current_path(), prompt).ok();
    }
}

lazy! {
    sign_in_begin: fn leave_signed_out(client: PublicClient) -> () {
        client.logout().ok();
    }
}

fn stay_signed_out() {
    if let Some(storage) = tab_storage() {
        // Where it cannot be kept, the sign-in page follows at once, as it did before.
        storage.set_item(SIGNED_OUT, "1").ok();
    }
}

fn tab_storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

impl Session {
    /// Puts the session into context, once it is open.
    pub fn provide(client: PublicClient) -> Self {
        let state = client.state();
        let account = client.accounts().into_iter().next();
        let session = Self {
            chosen: RwSignal::new(account.as_ref().map(directories::chosen_by).unwrap_or_default()),
            elsewhere: StoredValue::new_local(Elsewhere::default()),
            wanted: RwSignal::new(None),
            operations: StoredValue::new(None),
            account: RwSignal::new(account),
            state: RwSignal::new(state),
            until: RwSignal::new(client.ends_at()),
            again: RwSignal::new(Again::Unavailable),
            client: StoredValue::new_local(client),
        };
        provide_context(session);
        // *Back* from Entra may bring this very page back, which had said nothing since it was leaving.
        session
            .client
            .with_value(|client| client.on_return(move || session.show()));
        session
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

    /// Until when the token is handed out; before that it is renewed in silence where the browser lets it be.
    pub fn until(self) -> Option<Timestamp> {
        self.until.get()
    }

    /// Who signs the user in, where that is not Entra.
    pub fn source(self) -> Option<String> {
        self.client
            .with_value(|client| client.source().map(|source| source.name()))
    }

    /// Leaves for the sign-in page because the user asked to; where somebody else signs them in, that one is asked.
    pub fn sign_in(self, prompt: Option<Prompt>) {
        let client = self.client.get_value();
        if client.source().is_some() {
            return self.again.set(Again::Open);
        }
        spawn_local(async move {
            if begin(client.clone(), prompt).await.is_err() {
                client.could_not_leave(SignInProblem::NotLoaded);
            }
            self.show();
        });
    }

    /// Lets the user sign in beside this page, which keeps what is typed and goes on with what runs; or leaves for the
    /// sign-in page, where what shows it is not there.
    pub fn sign_in_again(self) {
        match self.again.get_untracked() {
            // Only beside the page is a token of another directory worth anything: this one would be left without its own.
            Again::Unavailable
                if self
                    .asked_beside()
                    .is_none_or(|wanted| wanted.directory.is_none()) =>
            {
                self.sign_in(None);
            }
            Again::Unavailable | Again::Closed | Again::Open => self.again.set(Again::Open),
        }
    }

    /// Forgets the token, here and in the other tabs, and signs out at Entra too.
    pub fn sign_out(self) {
        let client = self.client.get_value();
        client.forget();
        stay_signed_out();
        if let Some(account) = self.account.get_untracked() {
            browser::tell_sign_out(&account);
        }
        self.forget_directories();
        self.account.set(None);
        self.show();
        // Where the way to Entra cannot be fetched, the sessions of this page and of the other tabs have ended all the same.
        spawn_local(async move {
            leave_signed_out(client).await.ok();
        });
    }

    /// The session as the client's credential.
    pub fn credential(self) -> Rc<dyn Credential> {
        Rc::new(SessionCredential(self))
    }

    /// Takes over what the client says, which is also where a failure to leave is said.
    fn show(self) {
        let now = self
            .client
            .try_with_value(|client| (client.state(), client.ends_at()));
        // The app may be gone that asked.
        let Some((state, until)) = now else { return };
        if self.until.get_untracked() != until {
            self.until.set(until);
        }
        if self.state.with_untracked(|shown| *shown != state) {
            self.state.set(state);
        }
    }
}

struct SessionCredential(Session);

impl Credential for SessionCredential {
    fn token(&self, request: TokenRequest) -> LocalFuture<'_, Result<Secret, SignInNeeded>> {
        let session = self.0;
        Box::pin(async move { session.token_for(request).await })
    }

    fn belongs(&self, subscription: &str, tenant: &str) -> bool {
        self.0.belongs(subscription, tenant)
    }

    fn refused(&self, token: &Secret) {
        let session = self.0;
        session.client.with_value(|client| client.token_refused(token));
        session.refused_elsewhere(token);
        // Another one may be had in silence: a computer whose clock is slow takes the end of a token for later than it is.
        let client = session.client.get_value();
        spawn_local(async move {
            let renew = keeping::renewing(client.clone());
            let acquired = client.acquire_token(&*renew).await;
            session.show();
            if acquired.is_ok() {
                session.has_token_again();
            }
        });
    }
}

fn reason(state: &SessionState) -> SignInReason {
    match state {
        SessionState::SignedOut {
            reason: SignedOutReason::Expired | SignedOutReason::NotRenewed(_),
        } => SignInReason::Expired,
        SessionState::SignedOut {
            reason: SignedOutReason::Refused,
        } => SignInReason::Refused,
        _ => SignInReason::NotSignedIn,
    }
}

/// How this installation signs in. The redirect URI is the base path, and the token is for Azure Resource Manager and nothing else.
pub(crate) fn settings(config: &Config, base: &str) -> SignInSettings {
    SignInSettings {
        authorize_url: config.authorize_url.clone(),
        token_url: config.token_url.clone(),
        logout_url: Some(config.logout_url.clone()),
        tenant: config.tenant.clone(),
        client_id: config.client_id.clone(),
        redirect_uri: base.to_owned(),
        scopes: vec![
            "openid".to_owned(),
            "profile".to_owned(),
            format!("{}/user_impersonation", config.audience),
        ],
        flow: match config.flow {
            FlowKind::Implicit => Flow::Implicit,
            FlowKind::Code => Flow::Code,
        },
        issuer: config.issuer.clone(),
    }
}
