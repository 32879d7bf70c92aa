//! The sign-in in a window beside the page.

use entra_auth::{Account, Answer, PublicClient, SignInProblem};

use super::{Again, Session};
use crate::{lazy::lazy, prelude::*};

lazy! {
    sign_in_begin: fn ask_in_window(client: PublicClient, account: Account) -> Answer {
        Box::pin(async move { client.ask_in_window(account).await })
    }
}

impl Session {
    /// Whether the sign-in beside the page is shown.
    pub fn is_asked_beside(self) -> Signal<bool> {
        Signal::derive(move || self.again.get() == Again::Open)
    }

    /// No longer shows it.
    pub fn leave_beside(self) {
        self.again.set(Again::Closed);
        self.gives_up_wanted();
    }

    /// Opens the window and waits for what the user does in it; whoever waits no more drops this, which closes it.
    ///
    /// # Errors
    /// Why they have not signed in.
    pub async fn signed_in_beside(self) -> Result<(), SignInProblem> {
        let (client, wanted) = (self.client_beside(), self.asked_beside());
        let account = self.account.get_untracked().ok_or(SignInProblem::NotAsked)?;
        let answer = ask_in_window(client.clone(), account).await;
        let answer = answer.map_err(|_| SignInProblem::NotLoaded)?;
        let signed_in = client.signed_in_beside(answer).await;
        self.show();
        if signed_in.is_ok() && wanted.is_some() {
            self.has_what_was_wanted();
            self.has_token_again();
        }
        signed_in
    }
}
