//! The session: from the first page to the sign-out, as a state machine without effects.

use arm_core::{Secret, Timestamp};
use chrono::TimeDelta;

use crate::{Account, SignInProblem, SignedIn, renewal_guard::RenewalGuard};

/// How long before its end a token is no longer handed out, so that it does not end on its way (auth #41).
const MARGIN: TimeDelta = TimeDelta::minutes(5);

/// How long before that it is renewed, so that nobody waits for it.
const AHEAD: TimeDelta = TimeDelta::minutes(5);

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
        Self {
            held: Held::SignedOut(SignedOutReason::NewSession),
            owner: None,
            guard: RenewalGuard::default(),
            not_renewed: None,
            refresh_token: None,
        }
    }

    /// The session in another directory of somebody who is signed in: nobody has tried yet.
    ///
    /// A guest has another object id there, so the owner goes by their user name until the first answer has come.
    pub fn in_directory(tenant_id: &str, account: &Account) -> Self {
        Self {
            owner: Some(Account {
                tenant_id: tenant_id.to_owned(),
                object_id: String::new(),
                ..account.clone()
            }),
            ..Self::new()
        }
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
            if signed_in.expires_at - MARGIN > now && *since <= now + MARGIN)
    }

    /// When the token will no longer be handed out.
    pub fn ends_at(&self) -> Option<Timestamp> {
        match &self.held {
            Held::SignedIn { signed_in, .. } => Some(signed_in.expires_at - MARGIN),
            Held::SignedOut(_) | Held::SigningIn => None,
        }
    }

    /// From when on the token is to be renewed; one of a short life when half of it is over.
    pub fn renewal_due_at(&self) -> Option<Timestamp> {
        match &self.held {
            Held::SignedIn { signed_in, since, .. } => {
                let end = signed_in.expires_at - MARGIN;
                let half = *since + (end - *since) / 2;
                Some(half.max(end - AHEAD))
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
        self.owner.clone().filter(|_| self.guard.permit(now))
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
                owner.username.eq_ignore_ascii_case(&account.username)
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
            refresh_token: None,
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
    fn in_another_directory_a_user_is_known_by_their_name_and_then_by_their_id_there() {
        let guest = |name: &str, object_id: &str| {
            let mut signed_in = answer(name).unwrap_or_else(|problem| panic!("{problem}"));
            signed_in.account.tenant_id = "fabrikam".to_owned();
            signed_in.account.object_id = object_id.to_owned();
            Ok(signed_in)
        };
        let mut session = Session::in_directory("fabrikam", &account("mira"));
        assert_eq!(session.state(), signed_out(SignedOutReason::NewSession));
        assert_eq!(
            session.begin_renewal(at(0)).map(|account| account.tenant_id),
            Some("fabrikam".to_owned())
        );
        assert_eq!(
            session.renewed(answer("mira"), at(0)),
            Err(SignInProblem::OtherAccount),
            "the home directory"
        );
        assert_eq!(
            session.renewed(guest("jonas", "1"), at(0)),
            Err(SignInProblem::OtherAccount)
        );
        assert_eq!(session.not_renewed(), Some(&SignInProblem::OtherAccount));
        assert_eq!(session.renewed(guest("mira", "1"), at(0)), Ok(()));
        assert_eq!(token(&mut session, 1).as_deref(), Ok("mira"));
        assert_eq!(
            session.renewed(guest("mira", "2"), at(2)),
            Err(SignInProblem::OtherAccount)
        );
        assert_eq!(session.renewed(guest("mira", "1"), at(2)), Ok(()));
    }

    #[test]
    fn a_refused_token_ends_the_session_it_belongs_to() {
        let mut session = signed_in("mira");
        session.refused(&Secret::new("mira"));
        let refused = signed_out(SignedOutReason::Refused);
        assert_eq!(token(&mut session, 1), Err(refused.clone()));
        assert_eq!(session.state(), refused);

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

    #[test]
    fn a_token_is_to_be_renewed_five_minutes_before_it_is_no_longer_handed_out() {
        assert_eq!(Session::new().renewal_due_at(), None);
        assert_eq!(signed_in("mira").renewal_due_at(), Some(at(3000)));
        let mut short = Session::new();
        short.answered(
            answer("mira").map(|signed_in| SignedIn {
                expires_at: at(600),
                ..signed_in
            }),
            at(0),
        );
        assert_eq!(short.ends_at(), Some(at(300)));
        assert_eq!(short.renewal_due_at(), Some(at(150)), "half of a short life");
    }

    #[test]
    fn a_renewal_takes_the_place_of_the_token_and_nobody_sees_it() {
        // Ahead of the end, after it was said, and after a refusal.
        let before: [(&str, Change, i64); 3] = [
            ("ahead", |_| {}, 3000),
            ("ended", |session| drop(session.token(at(3300))), 3301),
            (
                "refused",
                |session| {
                    session.refused(&Secret::new("mira"));
                    drop(session.token(at(5)));
                },
                6,
            ),
        ];
        for (name, change, seconds) in before {
            let mut session = signed_in("mira");
            change(&mut session);
            assert_eq!(
                session.begin_renewal(at(seconds)),
                Some(account("mira")),
                "{name}"
            );
            let renewed = answer("mira").map(|signed_in| SignedIn {
                token: Secret::new("new"),
                expires_at: at(seconds + 3600),
                ..signed_in
            });
            assert_eq!(session.renewed(renewed, at(seconds)), Ok(()), "{name}");
            assert_eq!(token(&mut session, seconds + 1).as_deref(), Ok("new"), "{name}");
            assert_eq!(session.state(), SessionState::SignedIn(account("mira")), "{name}");
        }
    }

    #[test]
    fn a_renewal_that_fails_ends_nothing_before_its_time_and_then_says_why() {
        let mut session = signed_in("mira");
        assert_eq!(
            session.renewed(Err(SignInProblem::NoAnswer), at(3010)),
            Err(SignInProblem::NoAnswer)
        );
        assert_eq!(token(&mut session, 3299).as_deref(), Ok("mira"));
        let not_renewed = || Err(signed_out(SignedOutReason::NotRenewed(SignInProblem::NoAnswer)));
        assert_eq!(token(&mut session, 3300), not_renewed());
        assert_eq!(token(&mut session, 3400), not_renewed(), "the reason stays");

        let mut ended = signed_in("mira");
        assert!(token(&mut ended, 3300).is_err());
        ended.renewed(Err(SignInProblem::NoAnswer), at(3301)).ok();
        assert_eq!(token(&mut ended, 3302), not_renewed());

        let mut refused = signed_in("mira");
        refused.refused(&Secret::new("mira"));
        refused.renewed(Err(SignInProblem::NoAnswer), at(2)).ok();
        assert_eq!(
            token(&mut refused, 3),
            Err(signed_out(SignedOutReason::Refused)),
            "what Azure said weighs more"
        );
    }

    #[test]
    fn t03_a_renewal_gives_the_page_to_nobody_else() {
        let mut session = signed_in("mira");
        assert_eq!(
            session.renewed(answer("jonas"), at(10)),
            Err(SignInProblem::OtherAccount)
        );
        assert_eq!(token(&mut session, 11).as_deref(), Ok("mira"));

        let gone: [(&str, Change); 3] = [
            ("signed out", Session::signed_out),
            ("signed out elsewhere", Session::signed_out_elsewhere),
            ("leaving", Session::leaving),
        ];
        for (name, change) in gone {
            let mut session = signed_in("mira");
            change(&mut session);
            let state = session.state();
            assert_eq!(session.begin_renewal(at(10)), None, "{name}");
            assert_eq!(
                session.renewed(answer("mira"), at(11)),
                Err(SignInProblem::NotAsked),
                "{name}"
            );
            assert_eq!(token(&mut session, 12), Err(state), "{name}");
        }
        assert_eq!(Session::new().begin_renewal(at(0)), None, "nobody was signed in");
    }

    #[test]
    fn a_sign_out_in_another_tab_ends_this_session_and_says_so() {
        let mut session = signed_in("mira");
        session.signed_out_elsewhere();
        assert_eq!(session.state(), signed_out(SignedOutReason::SignedOutElsewhere));
        let mut here = signed_in("mira");
        here.signed_out();
        here.signed_out_elsewhere();
        assert_eq!(here.state(), signed_out(SignedOutReason::SignedOutHere));
    }
}
