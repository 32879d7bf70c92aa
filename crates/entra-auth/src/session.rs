//! The session: from the first page to the sign-out, as a state machine without effects.

use arm_core::{Secret, Timestamp};
use chrono::TimeDelta;

use crate::{Account, SignInProblem, SignedIn};

/// How long before its end a token is no longer handed out, so that it does not end on its way (auth #41).
const MARGIN: TimeDelta = TimeDelta::minutes(5);

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
    /// Azure Resource Manager did not take the token (401).
    Refused,
    /// The user signed out in this page.
    SignedOutHere,
    /// The sign-in did not succeed.
    Failed(SignInProblem),
}

/// The session of one page, with its token in memory and nowhere else (auth #90).
///
/// It has no `Debug`: it holds the token.
pub struct Session(Held);

enum Held {
    SignedOut(SignedOutReason),
    SigningIn,
    SignedIn {
        signed_in: Box<SignedIn>,
        since: Timestamp,
    },
}

impl Session {
    /// The session of a page that has just been loaded.
    pub fn new() -> Self {
        Self(Held::SignedOut(SignedOutReason::NewSession))
    }

    /// What a page shows.
    pub fn state(&self) -> SessionState {
        match &self.0 {
            Held::SignedOut(reason) => SessionState::SignedOut {
                reason: reason.clone(),
            },
            Held::SigningIn => SessionState::SigningIn,
            Held::SignedIn { signed_in, .. } => SessionState::SignedIn(signed_in.account.clone()),
        }
    }

    /// The page is about to leave for Entra; the token it had is forgotten.
    pub fn leaving(&mut self) {
        self.0 = Held::SigningIn;
    }

    /// The page wanted to leave for Entra and could not; who is signed in stays so.
    pub fn could_not_leave(&mut self, problem: SignInProblem) {
        if !matches!(self.0, Held::SignedIn { .. }) {
            self.0 = Held::SignedOut(SignedOutReason::Failed(problem));
        }
    }

    /// The page left for Entra and was shown again without an answer.
    pub fn came_back(&mut self) {
        if matches!(self.0, Held::SigningIn) {
            self.0 = Held::SignedOut(SignedOutReason::NewSession);
        }
    }

    /// An answer came from Entra at `now`.
    ///
    /// A failure ends a session that was there: it may have been another user's.
    pub fn answered(&mut self, answer: Result<SignedIn, SignInProblem>, now: Timestamp) {
        self.0 = match answer {
            Ok(signed_in) => Held::SignedIn {
                signed_in: Box::new(signed_in),
                since: now,
            },
            Err(problem) => Held::SignedOut(SignedOutReason::Failed(problem)),
        };
    }

    /// The token, if there is one that is good for some minutes yet.
    ///
    /// # Errors
    /// The state that has none to give. A token that is about to end, or that was issued in what is now the
    /// future because the clock went back, ends the session.
    pub fn token(&mut self, now: Timestamp) -> Result<Secret, SessionState> {
        if let Held::SignedIn { signed_in, since } = &self.0 {
            if signed_in.expires_at - MARGIN > now && *since <= now + MARGIN {
                return Ok(signed_in.token.clone());
            }
            self.0 = Held::SignedOut(SignedOutReason::Expired);
        }
        Err(self.state())
    }

    /// When the token will no longer be handed out.
    pub fn ends_at(&self) -> Option<Timestamp> {
        match &self.0 {
            Held::SignedIn { signed_in, .. } => Some(signed_in.expires_at - MARGIN),
            Held::SignedOut(_) | Held::SigningIn => None,
        }
    }

    /// Azure Resource Manager answered 401 to a request with `token`.
    ///
    /// An answer to a request with an earlier token says nothing about the present one.
    pub fn refused(&mut self, token: &Secret) {
        if let Held::SignedIn { signed_in, .. } = &self.0
            && signed_in.token == *token
        {
            self.0 = Held::SignedOut(SignedOutReason::Refused);
        }
    }

    /// The user signs out; the token is forgotten at once.
    pub fn signed_out(&mut self) {
        self.0 = Held::SignedOut(SignedOutReason::SignedOutHere);
    }
}

impl Default for Session {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn account(name: &str) -> Account {
        Account {
            name: name.to_owned(),
            username: format!("{name}@contoso.com"),
            tenant_id: "tenant".to_owned(),
            object_id: name.to_owned(),
        }
    }

    /// An hour's sign-in at second 0; the token is the user's name.
    fn answer(name: &str) -> Result<SignedIn, SignInProblem> {
        Ok(SignedIn {
            token: Secret::new(name),
            expires_at: at(3600),
            account: account(name),
            return_to: "/".to_owned(),
        })
    }

    fn signed_in(name: &str) -> Session {
        let mut session = Session::new();
        session.answered(answer(name), at(0));
        session
    }

    fn signed_out(reason: SignedOutReason) -> SessionState {
        SessionState::SignedOut { reason }
    }

    /// The token in a form that can be compared and shown.
    fn token(session: &mut Session, seconds: i64) -> Result<String, SessionState> {
        session.token(at(seconds)).map(|token| token.expose().to_owned())
    }

    #[test]
    fn a_new_session_has_no_token_and_says_why() {
        let mut session = Session::new();
        let nobody = signed_out(SignedOutReason::NewSession);
        assert_eq!(session.state(), nobody);
        assert_eq!(token(&mut session, 0), Err(nobody));
        assert_eq!(session.ends_at(), None);
    }

    #[test]
    fn a_token_is_handed_out_until_five_minutes_before_its_end() {
        let expired = || Err(signed_out(SignedOutReason::Expired));
        for (seconds, expected) in [
            (0, Ok("mira".to_owned())),
            (3299, Ok("mira".to_owned())),
            (3300, expired()),
            (3600, expired()),
            // The clock went back: by a little, and by so much that the end tells nothing.
            (-300, Ok("mira".to_owned())),
            (-301, expired()),
        ] {
            let mut session = signed_in("mira");
            assert_eq!(token(&mut session, seconds), expected, "after {seconds} s");
            let state = expected.map_or_else(|state| state, |_| SessionState::SignedIn(account("mira")));
            assert_eq!(session.state(), state, "after {seconds} s");
        }
        assert_eq!(signed_in("mira").ends_at(), Some(at(3300)));
    }

    #[test]
    fn a_session_that_has_ended_does_not_come_back_by_itself() {
        let mut session = signed_in("mira");
        let expired = Err(signed_out(SignedOutReason::Expired));
        assert_eq!(token(&mut session, 3300), expired);
        assert_eq!(token(&mut session, 10), expired, "the clock went back");
    }

    #[test]
    fn a_refused_token_ends_the_session_it_belongs_to() {
        let mut session = signed_in("mira");
        session.refused(&Secret::new("mira"));
        assert_eq!(session.state(), signed_out(SignedOutReason::Refused));

        let mut later = signed_in("jonas");
        later.refused(&Secret::new("mira"));
        assert_eq!(
            later.state(),
            SessionState::SignedIn(account("jonas")),
            "an earlier token"
        );

        let mut gone = signed_in("mira");
        gone.signed_out();
        gone.refused(&Secret::new("mira"));
        assert_eq!(
            gone.state(),
            signed_out(SignedOutReason::SignedOutHere),
            "the reason stays"
        );
    }

    type Change = fn(&mut Session);

    #[test]
    fn leaving_signing_out_and_failing_forget_the_token() {
        let failed = SignInProblem::NotAsked;
        let changes: [(&str, Change, SessionState); 3] = [
            ("leaving", Session::leaving, SessionState::SigningIn),
            (
                "signing out",
                Session::signed_out,
                signed_out(SignedOutReason::SignedOutHere),
            ),
            (
                "failing",
                |session| session.answered(Err(SignInProblem::NotAsked), at(1)),
                signed_out(SignedOutReason::Failed(failed)),
            ),
        ];
        for (name, change, expected) in changes {
            let mut session = signed_in("mira");
            change(&mut session);
            assert_eq!(session.state(), expected, "{name}");
            assert_eq!(token(&mut session, 1), Err(expected), "{name}");
        }
    }

    #[test]
    fn a_page_that_cannot_leave_keeps_whom_it_has() {
        let mut session = signed_in("mira");
        session.could_not_leave(SignInProblem::RedirectLoop);
        assert_eq!(token(&mut session, 1).as_deref(), Ok("mira"));

        let mut nobody = Session::new();
        nobody.could_not_leave(SignInProblem::NoStorage);
        let failed = SignedOutReason::Failed(SignInProblem::NoStorage);
        assert_eq!(nobody.state(), signed_out(failed));
    }

    #[test]
    fn a_page_that_was_left_and_comes_back_may_be_left_again() {
        let mut session = Session::new();
        session.leaving();
        session.came_back();
        assert_eq!(session.state(), signed_out(SignedOutReason::NewSession));

        let mut elsewhere = signed_in("mira");
        elsewhere.came_back();
        assert_eq!(elsewhere.state(), SessionState::SignedIn(account("mira")));
    }

    #[test]
    fn the_next_sign_in_replaces_the_last() {
        let mut session = signed_in("mira");
        session.leaving();
        session.answered(answer("jonas"), at(5));
        assert_eq!(token(&mut session, 6).as_deref(), Ok("jonas"));
        assert_eq!(session.state(), SessionState::SignedIn(account("jonas")));
    }
}
