//! Somebody who gives tokens in Entra's place.

use std::rc::Rc;

use arm_core::{Clock, Timestamp};

use crate::{Account, Answer, PublicClient, Session, SignInProblem, SignInSettings, SignedIn, pace::Pace};

/// Somebody who gives tokens in Entra's place, such as the page around the app.
pub trait TokenSource {
    /// Who it is, for people: the host name of a page.
    fn name(&self) -> String;

    /// Asks for a token of this account, in the directory that it names, that proves these claims if there are any.
    fn ask(&self, client: PublicClient, account: Account, claims: Option<String>) -> Answer;
}

impl PublicClient {
    /// A client that has its tokens from somebody else and never from Entra; `first` is the one that it begins with.
    pub fn of_source(
        settings: SignInSettings,
        clock: Rc<dyn Clock>,
        source: Rc<dyn TokenSource>,
        first: SignedIn,
    ) -> Self {
        let mut client = Self::new(settings, clock);
        client.source = Some(source);
        {
            let mut session = client.session.borrow_mut();
            *session = Session::at_pace(Pace::SOURCE);
            session.answered(Ok(first), client.clock.now());
        }
        client
    }

    /// The time by the client's clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Asks for what is wanted in this client's directory, because the user wants it.
    ///
    /// The answer is an error where nobody gives tokens in Entra's place.
    pub fn ask_source(&self, account: Account) -> Answer {
        let asked = self.session.borrow().owner().unwrap_or(account);
        match &self.source {
            Some(source) => source.ask(self.clone(), asked, self.wanted_claims()),
            None => Box::pin(async { Err(SignInProblem::NotAsked) }),
        }
    }

    /// Who gives the tokens in Entra's place, if anybody does.
    pub fn source(&self) -> Option<Rc<dyn TokenSource>> {
        self.source.clone()
    }
}
