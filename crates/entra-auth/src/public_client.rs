//! Sign-in under the names that users of MSAL know.

use std::{cell::RefCell, rc::Rc};

use arm_core::{Clock, Secret, Timestamp};

use crate::{
    Account, Flow, PendingSignIn, Prompt, Session, SessionState, SignInOptions, SignInProblem,
    SignInSettings, SignedIn, TokenSource, browser, finish, flight::Flight, proof::Proof, safe_return_path,
};

/// One app's sign-in in one page; cheap to clone, and all clones are the same session.
#[derive(Clone)]
pub struct PublicClient {
    pub(crate) settings: Rc<SignInSettings>,
    pub(crate) clock: Rc<dyn Clock>,
    pub(crate) session: Rc<RefCell<Session>>,
    /// What Azure wants proved.
    pub(crate) proof: Rc<RefCell<Proof>>,
    /// A renewal, or a sign-in beside the page.
    pub(crate) flight: Rc<Flight>,
    /// Who gives tokens in Entra's place.
    pub(crate) source: Option<Rc<dyn TokenSource>>,
}

impl PublicClient {
    /// The client of a page that has just been loaded.
    pub fn new(settings: SignInSettings, clock: Rc<dyn Clock>) -> Self {
        Self {
            settings: Rc::new(settings),
            clock,
            session: Rc::default(),
            proof: Rc::default(),
            flight: Rc::default(),
            source: None,
        }
    }

    /// The sign-in of the same user in another directory, with tokens of its own (auth #27); nobody has tried it yet.
    #[must_use]
    pub fn in_directory(&self, tenant_id: &str, account: &Account) -> Self {
        let mut other = Self::new(self.settings.in_directory(tenant_id), Rc::clone(&self.clock));
        other.source = self.source.clone();
        *other.session.borrow_mut() = self.session.borrow().in_directory(tenant_id, account);
        other
    }

    /// Whether there is a token to hand out.
    pub fn has_token(&self) -> bool {
        self.session.borrow().has_token(self.clock.now())
    }

    /// Why there is no other token yet, if one was asked for in vain.
    pub fn not_renewed(&self) -> Option<SignInProblem> {
        self.session.borrow().not_renewed().cloned()
    }

    /// Whether this page was opened by an answer of Entra that [`Self::handle_redirect`] has not taken yet.
    pub fn has_answer(&self) -> bool {
        browser::has_answer()
    }

    /// Takes the answer with which Entra opened this page, if it did: call it once, before anything else.
    ///
    /// `Some` is the path where the user wanted to be, also when the sign-in did not succeed, so that another
    /// try leads there; what was wrong with the answer is in the state.
    pub fn handle_redirect(&self) -> Option<String> {
        let (fragment, pending, return_to) = Self::redirected()?;
        let answer = finish(&self.settings, pending, &fragment, self.clock.now());
        self.redirect_handled(answer, return_to)
    }

    /// The answer that opened this page, the request it is judged by, and where the user wanted to be; once.
    pub(crate) fn redirected() -> Option<(String, Option<PendingSignIn>, Option<String>)> {
        let fragment = browser::take_answer()?;
        let pending = browser::take_pending();
        let return_to = pending.as_ref().map(|pending| pending.return_to().to_owned());
        Some((fragment, pending, return_to))
    }

    pub(crate) fn redirect_handled(
        &self,
        answer: Result<SignedIn, SignInProblem>,
        return_to: Option<String>,
    ) -> Option<String> {
        if answer.is_ok() {
            // A sign-in that succeeded was no loop: a reload may leave by itself again.
            browser::forget_redirects();
        }
        self.session.borrow_mut().answered(answer, self.clock.now());
        return_to.and_then(|path| safe_return_path(&path, &self.settings.redirect_uri))
    }

    /// Leaves for Entra because the user wants to; the answer comes to the next page.
    ///
    /// # Errors
    /// When a sign-in cannot begin; where nobody was signed in, the state says so too.
    pub fn login_redirect(&self, return_to: &str, prompt: Option<Prompt>) -> Result<(), SignInProblem> {
        let now = self.clock.now();
        let options = SignInOptions {
            prompt,
            claims: self.proof.borrow().wanted().map(str::to_owned),
            ..SignInOptions::default()
        };
        self.leaving(browser::login_redirect_with(
            &self.settings,
            return_to,
            now,
            &options,
        ))
    }

    /// Leaves for Entra without the user's doing, at most once in a while.
    ///
    /// # Errors
    /// [`SignInProblem::RedirectLoop`] when the page has just done so; or as [`Self::login_redirect`].
    pub fn login_redirect_automatically(&self, return_to: &str) -> Result<(), SignInProblem> {
        let now = self.clock.now();
        self.leaving(browser::login_redirect_automatically(
            &self.settings,
            return_to,
            now,
        ))
    }

    /// Calls `changed` when the user has come back from Entra with *Back*, which ends [`SessionState::SigningIn`].
    pub fn on_return(&self, changed: impl Fn() + 'static) {
        let session = Rc::clone(&self.session);
        browser::on_return(move || {
            session.borrow_mut().came_back();
            changed();
        });
    }

    /// The token, without the user's doing.
    ///
    /// # Errors
    /// The state that has none to give: the user must sign in.
    pub fn acquire_token_silent(&self) -> Result<Secret, SessionState> {
        self.session.borrow_mut().token(self.clock.now())
    }

    /// Azure Resource Manager answered 401 to a request with `token`.
    pub fn token_refused(&self, token: &Secret) {
        self.session.borrow_mut().refused(token);
    }

    /// How the token is obtained.
    pub fn flow(&self) -> Flow {
        self.settings.flow
    }

    /// When the token will no longer be handed out, if there is one.
    pub fn ends_at(&self) -> Option<Timestamp> {
        self.session.borrow().ends_at()
    }

    /// What a page shows of the session.
    pub fn state(&self) -> SessionState {
        self.session.borrow().state()
    }

    /// Who is signed in: nobody or one.
    pub fn accounts(&self) -> Vec<Account> {
        match self.state() {
            SessionState::SignedIn(account) => vec![account],
            SessionState::SignedOut { .. } | SessionState::SigningIn => Vec::new(),
        }
    }

    /// A sign-in that was to begin did not; whoever is signed in stays so.
    pub fn could_not_leave(&self, problem: SignInProblem) {
        self.session.borrow_mut().could_not_leave(problem);
    }

    /// Forgets the token; [`Self::logout`] does so too.
    pub fn forget(&self) {
        self.session.borrow_mut().signed_out();
    }

    /// Forgets the token because the user has signed out in another tab.
    pub fn forget_as_elsewhere(&self) {
        self.session.borrow_mut().signed_out_elsewhere();
    }

    /// Forgets the token and leaves for Entra to sign out there too.
    ///
    /// # Errors
    /// When the page cannot leave; the session of this page has ended all the same.
    pub fn logout(&self) -> Result<(), SignInProblem> {
        self.forget();
        browser::logout(&self.settings)
    }

    fn leaving(&self, outcome: Result<(), SignInProblem>) -> Result<(), SignInProblem> {
        let mut session = self.session.borrow_mut();
        match &outcome {
            Ok(()) => session.leaving(),
            Err(problem) => session.could_not_leave(problem.clone()),
        }
        outcome
    }
}
