//! The sign-in in a window beside the page.

use entra_auth::{Account, Answer, PublicClient, SignInProblem};

use super::{Again, Session, Wanted};
use crate::{lazy::lazy, prelude::*};

lazy! {
    sign_in_begin: fn ask_in_window(client: PublicClient, account: Account) -> Answer {
        client.ask_in_window(&account)
    }
}

impl Session {
    /// Whether the sign-in beside the page is shown.
    pub fn is_asked_beside(self) -> Signal<bool> {
        Signal::derive(move || self.again.get() == Again::Open)
    }

    /// No longer shows it; the user has signed in.
    pub fn close_beside(self) {
        self.again.set(Again::Closed);
    }

    /// No longer shows it, without a sign-in.
    pub fn leave_beside(self, asked: Option<Wanted>) {
        self.close_beside();
        self.gives_up(asked);
    }

    /// Opens the window and waits for what the user does in it; whoever waits no more drops this, which closes it.
    ///
    /// It is for what was `asked` when it was shown, whatever is wanted meanwhile.
    ///
    /// # Errors
    /// Why they have not signed in.
    pub async fn signed_in_beside(self, asked: Option<Wanted>) -> Result<(), SignInProblem> {
        let client = self.client_beside(asked.as_ref());
        let account = self.account.get_untracked().ok_or(SignInProblem::NotAsked)?;
        let answer = match client.source() {
            Some(_) => client.ask_source(account),
            None => {
                let answer = ask_in_window(client.clone(), account).await;
                answer.map_err(|_| SignInProblem::NotLoaded)?
            }
        };
        let signed_in = client.signed_in_beside(answer).await;
        self.show();
        if signed_in.is_ok() {
            let is_beside_the_session = asked.is_some();
            self.has_what_was_asked(asked);
            if is_beside_the_session {
                self.has_token_again();
            }
        }
        signed_in
    }
}
