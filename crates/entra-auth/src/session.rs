//! The session: from the first page to the sign-out, as a state machine without effects.

use arm_core::{Secret, Timestamp};

use crate::{Account, SignInProblem, SignedIn, pace::Pace, renewal_guard::RenewalGuard};

/// What a page shows of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SessionState {
    /// Nobody is signed in.
    SignedOut {
        /// Why not.
        reason: SignedOutReason,
    },
    /// The page is about to leave for Entra.
    SigningIn,
    /// Somebody is.
    SignedIn(Account),
}

/// Why nobody is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignedOutReason {
    /// Nobody has tried yet.
    NewSession,
    /// The token has ended or is about to.
    Expired,
    /// The same, and Entra gave no other one without the user's doing.
    NotRenewed(SignInProblem),
    /// Azure Resource Manager did not take the token (401).
    Refused,
    /// The user signed out in this page.
    SignedOutHere,
    /// The user signed out in another tab.
    SignedOutElsewhere,
    /// The sign-in did not succeed.
    Failed(SignInProblem),
}

/// The session of one page, with its token in memory and nowhere else (auth #90).
///
/// It has no `Debug`: it holds the token.
pub struct Session {
    held: Held,
    /// Whose page this is: who is signed in, or was until the token ended.
    owner: Option<Account>,
    pace: Pace,
    guard: RenewalGuard,
    /// Why the last renewal failed, if it did.
    not_renewed: Option<SignInProblem>,
    /// Outlives the token, so that another one can be had when it has ended.
    refresh_token: Option<Secret>,
}

enum Held {
    SignedOut(SignedOutReason),
    SigningIn,
    SignedIn {
        signed_in: Box<SignedIn>,
        since: Timestamp,
        is_refused: bool,
    },
}

impl Session {
    /// The session of a page that has just been loaded.
    pub fn new() -> Self {
        Self::at_pace(Pace::ENTRA)
    }

    /// The same, renewed at another pace.
    pub(crate) fn at_pace(pace: Pace) -> Self {
        Self {
            held: Held::SignedOut(SignedOutReason::NewSession),
            owner: None,
            pace,
            guard: RenewalGuard::default(),
            not_renewed: None,
            refresh_token: None,
        }
    }

    /// The session in another directory of somebody who is signed in: nobody has tried yet.
    ///
    /// A guest has another object id there, so the owner goes by their user name until the first answer has come.
    pub fn in_directory(&self, tenant_id: &str, account: &Account) -> Self {
        Self {
            owner: Some(Account {
                tenant_id: tenant_id.to_owned(),
                object_id: String::new(),
                ..account.clone()
            }),
            ..Self::at_pace(self.pace)
        }
    }

    /// Whose page this is.
    pub(crate) fn owner(&self) -> Option<Account> {
        self.owner.clone()
    }

    /// Why there is no other token yet, if one was asked for in vain.
    pub fn not_renewed(&self) -> Option<&SignInProblem> {
        self.not_renewed.as_ref()
    }

    /// What a page shows. A token that has ended is still a session until it is asked for.
    pub fn state(&self) -> SessionState {
        match &self.held {
            Held::SignedOut(reason) => SessionState::SignedOut {
                reason: reason.clone(),
            },
            Held::SigningIn => SessionState::SigningIn,
            Held::SignedIn { signed_in, .. } => SessionState::SignedIn(signed_in.account.clone()),
        }
    }

    /// The page is about to leave for Entra; the token it had is forgotten.
    pub fn leaving(&mut self) {
        self.held = Held::SigningIn;
        self.refresh_token = None;
    }

    /// The page wanted to leave for Entra and could not; who is signed in stays so.
    pub fn could_not_leave(&mut self, problem: SignInProblem) {
        if !matches!(self.held, Held::SignedIn { .. }) {
            self.held = Held::SignedOut(SignedOutReason::Failed(problem));
        }
    }

    /// The page left for Entra and was shown again without an answer.
    pub fn came_back(&mut self) {
        if matches!(self.held, Held::SigningIn) {
            self.held = Held::SignedOut(SignedOutReason::NewSession);
        }
    }

    /// An answer came from Entra at `now`.
    ///
    /// A failure ends a session that was there: it may have been another user's.
    pub fn answered(&mut self, answer: Result<SignedIn, SignInProblem>, now: Timestamp) {
        match answer {
            Ok(signed_in) => {
                self.refresh_token = None;
                self.hold(signed_in, now);
            }
            Err(problem) => self.end(SignedOutReason::Failed(problem)),
        }
    }

    /// The token, if there is one that is good for some minutes yet.
    ///
    /// # Errors
    /// The state that has none to give. A token that is about to end, that was refused, or that was issued in what is
    /// now the future because the clock went back, ends the session.
    pub fn token(&mut self, now: Timestamp) -> Result<Secret, SessionState> {
        if let Held::SignedIn {
            signed_in,
            is_refused,
            ..
        } = &self.held
        {
            if self.has_token(now) {
                return Ok(signed_in.token.clone());
            }
            let reason = match self.not_renewed.take() {
                _ if *is_refused => SignedOutReason::Refused,
                Some(problem) => SignedOutReason::NotRenewed(problem),
                None => SignedOutReason::Expired,
            };
            self.held = Held::SignedOut(reason);
        }
        Err(self.state())
    }

    /// Whether there is a token to hand out.
    pub fn has_token(&self, now: Timestamp) -> bool {
        matches!(&self.held, Held::SignedIn { signed_in, since, is_refused: false }
            if signed_in.expires_at - self.pace.margin > now && *since <= now + Pace::ENTRA.margin)
    }

    /// When the token will no longer be handed out.
    pub fn ends_at(&self) -> Option<Timestamp> {
        match &self.held {
            Held::SignedIn { signed_in, .. } => Some(signed_in.expires_at - self.pace.margin),
            Held::SignedOut(_) | Held::SigningIn => None,
        }
    }

    /// From when on the token is to be renewed; one of a short life when half of it is over.
    pub fn renewal_due_at(&self) -> Option<Timestamp> {
        match &self.held {
            Held::SignedIn { signed_in, since, .. } => {
                let end = signed_in.expires_at - self.pace.margin;
                let half = *since + (end - *since) / 2;
                Some(half.max(end - self.pace.ahead))
            }
            Held::SignedOut(_) | Held::SigningIn => None,
        }
    }

    /// For whom a token may be asked for now without the user's doing; it then counts as asked for.
    ///
    /// That is whose page this is, unless they signed out, and not again within five minutes (auth T13).
    pub fn begin_renewal(&mut self, now: Timestamp) -> Option<Account> {
        if matches!(self.held, Held::SigningIn) {
            return None;
        }
        self.owner
            .clone()
            .filter(|_| self.guard.permit(now, self.pace.quiet))
    }

    /// What came of asking without the user's doing, or in a window beside the page.
    ///
    /// Another user's answer is none: what is shown and what runs belongs to the one whose page this is. An answer that
    /// comes when they have signed out, or are leaving, is forgotten. A failure leaves the token as it is.
    ///
    /// # Errors
    /// Why there is no new token.
    pub fn renewed(
        &mut self,
        answer: Result<SignedIn, SignInProblem>,
        now: Timestamp,
    ) -> Result<(), SignInProblem> {
        let Some(owner) = self
            .owner
            .as_ref()
            .filter(|_| !matches!(self.held, Held::SigningIn))
        else {
            return Err(SignInProblem::NotAsked);
        };
        let is_owner = |account: &Account| {
            let is_same = if owner.object_id.is_empty() {
                // Without a name nobody can be told from anybody else.
                !owner.username.is_empty() && owner.username.eq_ignore_ascii_case(&account.username)
            } else {
                owner.object_id == account.object_id
            };
            owner.tenant_id == account.tenant_id && is_same
        };
        let problem = match answer {
            Ok(signed_in) if is_owner(&signed_in.account) => {
                self.hold(signed_in, now);
                return Ok(());
            }
            Ok(_) => SignInProblem::OtherAccount,
            Err(problem) => problem,
        };
        self.not_renewed = Some(problem.clone());
        if let Held::SignedOut(SignedOutReason::Expired | SignedOutReason::NotRenewed(_)) = self.held {
            self.held = Held::SignedOut(SignedOutReason::NotRenewed(problem.clone()));
        }
        Err(problem)
    }

    /// Azure Resource Manager answered 401 to a request with `token`, which is not handed out again.
    ///
    /// An answer to a request with an earlier token says nothing about the present one.
    pub fn refused(&mut self, token: &Secret) {
        if let Held::SignedIn {
            signed_in,
            is_refused,
            ..
        } = &mut self.held
            && signed_in.token == *token
        {
            *is_refused = true;
        }
    }

    /// The user signs out; the token is forgotten at once.
    pub fn signed_out(&mut self) {
        self.end(SignedOutReason::SignedOutHere);
    }

    /// The user has signed out in another tab; whoever is signed out here already stays so.
    pub fn signed_out_elsewhere(&mut self) {
        if self.owner.is_some() {
            self.end(SignedOutReason::SignedOutElsewhere);
        }
    }

    /// What another token can be had with, in the flow by code.
    pub fn refresh_token(&self) -> Option<Secret> {
        self.refresh_token.clone()
    }

    /// Entra no longer takes it.
    pub fn forget_refresh_token(&mut self) {
        self.refresh_token = None;
    }

    fn hold(&mut self, mut signed_in: SignedIn, now: Timestamp) {
        if let Some(token) = signed_in.refresh_token.take() {
            self.refresh_token = Some(token);
        }
        self.owner = Some(signed_in.account.clone());
        self.not_renewed = None;
        self.held = Held::SignedIn {
            signed_in: Box::new(signed_in),
            since: now,
            is_refused: false,
        };
    }

    fn end(&mut self, reason: SignedOutReason) {
        self.owner = None;
        self.refresh_token = None;
        self.not_renewed = None;
        self.held = Held::SignedOut(reason);
    }
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests;
