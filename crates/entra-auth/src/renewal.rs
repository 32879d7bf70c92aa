//! A token ahead of its end, or in the place of one that has ended, without the page being left.

use std::time::Duration;

use arm_core::{LocalFuture, Secret};

use crate::{
    Account, Flow, PendingSignIn, Prompt, PublicClient, SessionState, SignInOptions, SignInProblem,
    SignInSettings, SignedIn, SignedOutReason, begin_with, bridge::settings_of_bridge, browser, finish,
    finish_with_code, refresh, refreshed, within::within,
};

/// How often the time is looked at: a timer stands still while the computer sleeps.
const LOOK: Duration = Duration::from_secs(60);

/// How long a renewal may take with all it needs, while everything that asks for the token waits: more than the requests
/// and the frame in it are waited for.
const PATIENCE: Duration = Duration::from_secs(90);

/// An answer that is waited for.
pub type Answer = LocalFuture<'static, Result<SignedIn, SignInProblem>>;

/// Asks Entra for a token of this account that proves these claims, if there are any; what it does is the caller's, so
/// that it can be fetched when it is needed.
pub type Renew = dyn Fn(Account, Option<String>) -> Answer;

impl PublicClient {
    /// The token; one that has ended is renewed first, once for all who ask meanwhile.
    ///
    /// Whoever asks while the user signs in beside the page waits for that.
    ///
    /// # Errors
    /// The state that has none to give: the user must sign in.
    pub async fn acquire_token(&self, renew: &Renew) -> Result<Secret, SessionState> {
        while !self.has_token() {
            if self.flight.is_under_way() {
                self.flight.over().await;
            } else if self.renew_now(renew, None).await.is_none() {
                break;
            }
        }
        self.acquire_token_silent()
    }

    /// A token that proves these claims, a challenge's JSON; asked for once, without the user's doing.
    ///
    /// `None` where only the user can prove them: the next sign-in beside the page asks for them. The token that is there
    /// stays good for everything else.
    pub async fn acquire_token_proving(&self, renew: &Renew, claims: &str) -> Option<Secret> {
        let is_worthwhile = self.proof.borrow_mut().want(claims);
        while self.flight.is_under_way() {
            self.flight.over().await;
        }
        // Whoever was under way may have asked for the same.
        if is_worthwhile && !self.proof.borrow().is_given(claims) {
            self.renew_now(renew, Some(claims.to_owned())).await;
        }
        let is_given = is_worthwhile && self.proof.borrow().is_given(claims);
        is_given.then(|| self.acquire_token_silent().ok()).flatten()
    }

    /// Renews the token whenever its time has come, until nobody is signed in any more; a token that ends all the same
    /// ends the session, which `changed` hears.
    ///
    /// A page that nobody looks at asks for nothing: many tabs would ask at the same moment. Its next request does.
    pub async fn keep_renewed(&self, renew: &Renew, is_hidden: impl Fn() -> bool, changed: impl Fn()) {
        loop {
            let Some(due_at) = self.session.borrow().renewal_due_at() else {
                return;
            };
            let now = self.clock.now();
            if now >= due_at && !is_hidden() {
                self.renew_now(renew, None).await;
                if !self.has_token() {
                    self.acquire_token_silent().ok();
                    changed();
                    continue;
                }
            }
            let wait = (due_at - now).to_std().unwrap_or(LOOK);
            self.clock.sleep(wait.clamp(Duration::from_secs(1), LOOK)).await;
        }
    }

    /// Takes the answer of a sign-in beside the page in place of the token; one at a time.
    ///
    /// It is the answer to what is asked for now, and only waited for when what is under way is over.
    ///
    /// # Errors
    /// Why there is no new token. What was there stays.
    pub async fn signed_in_beside(&self, answer: Answer) -> Result<(), SignInProblem> {
        let claims = self.wanted_claims();
        while self.flight.is_under_way() {
            self.flight.over().await;
        }
        let _under_way = self.flight.begin();
        let signed_in = answer.await?;
        let renewed = self.session.borrow_mut().renewed(Ok(signed_in), self.clock.now());
        if renewed.is_ok() {
            self.proof.borrow_mut().given(claims);
        }
        renewed
    }

    /// Asks Entra for a token of this account without the user's doing: with a refresh token, or else in a hidden frame,
    /// as always where it is to prove `claims`.
    ///
    /// # Errors
    /// Why there is none; mostly that Entra wants to see the user.
    pub async fn ask_in_silence(
        &self,
        account: Account,
        claims: Option<String>,
    ) -> Result<SignedIn, SignInProblem> {
        // A refresh token proves no more than it did before.
        if claims.is_none()
            && let Some(refreshed) = self.refreshed().await
        {
            return refreshed;
        }
        let beside = Beside::begin(self, &account, Some(Prompt::None), claims)?;
        let answer = browser::answer_in_frame(&beside.url, beside.pending.state(), &*self.clock).await?;
        self.complete(&beside.settings, Some(beside.pending), &answer)
            .await
    }

    /// Lets the user sign in to this account in a window of its own, which opens at once: a browser opens none long after
    /// the click. The answer says why they did not.
    pub fn ask_in_window(&self, account: &Account) -> Answer {
        // Entra would give the same token again to whom it knows (auth #31).
        let is_refused = self.state()
            == SessionState::SignedOut {
                reason: SignedOutReason::Refused,
            };
        let prompt = is_refused.then_some(Prompt::Login);
        let opened = Beside::begin(self, account, prompt, self.wanted_claims()).and_then(|beside| {
            let window = browser::InWindow::open(&beside.url, beside.pending.state())?;
            Ok((beside, window))
        });
        let client = self.clone();
        Box::pin(async move {
            let (beside, window) = opened?;
            let answer = window.answer(&*client.clock).await?;
            client
                .complete(&beside.settings, Some(beside.pending), &answer)
                .await
        })
    }

    /// Takes the answer with which Entra opened this page, as [`Self::handle_redirect`] does, whatever the flow.
    pub async fn handle_redirect_of_any_flow(&self) -> Option<String> {
        let (fragment, pending, return_to) = Self::redirected()?;
        let answer = self.complete(&self.settings, pending, &fragment).await;
        self.redirect_handled(answer, return_to)
    }

    /// What becomes of an answer: the token is in it, or it is to be had for its code, once.
    async fn complete(
        &self,
        settings: &SignInSettings,
        pending: Option<PendingSignIn>,
        fragment: &str,
    ) -> Result<SignedIn, SignInProblem> {
        let now = self.clock.now();
        if settings.flow == Flow::Implicit {
            return finish(settings, pending, fragment, now);
        }
        let grant = finish_with_code(settings, pending, fragment, now)?;
        let answer = browser::send(&grant.request(settings)?, &*self.clock).await?;
        grant.redeemed(settings, &answer, self.clock.now())
    }

    /// A token for the refresh token; `None` where there is none, or none any more that Entra takes.
    async fn refreshed(&self) -> Option<Result<SignedIn, SignInProblem>> {
        let token = self.session.borrow().refresh_token()?;
        let asked = async {
            let answer = browser::send(&refresh(&self.settings, &token)?, &*self.clock).await?;
            refreshed(&self.settings, &answer, self.clock.now())
        };
        match asked.await {
            // Its day is over (auth #47), or Entra wants to see the user: a frame tells which.
            Err(SignInProblem::Entra(error))
                if error.code == "invalid_grant" || error.needs_interaction() =>
            {
                self.session.borrow_mut().forget_refresh_token();
                None
            }
            outcome => Some(outcome),
        }
    }

    pub(crate) fn wanted_claims(&self) -> Option<String> {
        self.proof.borrow().wanted().map(str::to_owned)
    }

    /// `None` where it may not be asked for now. What only the user can prove is not among the claims of a renewal:
    /// Entra would refuse it each time.
    async fn renew_now(&self, renew: &Renew, claims: Option<String>) -> Option<()> {
        let under_way = self.flight.begin()?;
        let account = self.session.borrow_mut().begin_renewal(self.clock.now())?;
        let answer = within(&*self.clock, PATIENCE, renew(account, claims.clone())).await;
        let answer = answer.unwrap_or(Err(SignInProblem::NotReached));
        // Why it failed is in the session.
        let renewed = self.session.borrow_mut().renewed(answer, self.clock.now());
        if renewed.is_ok() {
            self.proof.borrow_mut().given(claims);
        }
        drop(under_way);
        Some(())
    }
}

/// A sign-in that comes back to the bridge: what its answer is judged by stays in this page's memory.
struct Beside {
    settings: SignInSettings,
    url: String,
    pending: PendingSignIn,
}

impl Beside {
    fn begin(
        client: &PublicClient,
        account: &Account,
        prompt: Option<Prompt>,
        claims: Option<String>,
    ) -> Result<Self, SignInProblem> {
        let settings = settings_of_bridge(&client.settings);
        let username = &account.username;
        let options = SignInOptions {
            prompt,
            login_hint: (!username.is_empty()).then(|| username.clone()),
            claims,
        };
        let (url, pending) = begin_with(&settings, browser::entropy()?, client.clock.now(), "", &options)?;
        Ok(Self {
            settings,
            url,
            pending,
        })
    }
}

#[cfg(test)]
mod tests;
