//! Keeps the user signed in: a token ahead of its end, and what goes on once there is one again.

use std::{cell::Cell, rc::Rc};

use entra_auth::{Account, Answer, PublicClient, Renew, SignInProblem, browser};

use super::{Again, Session, stay_signed_out};
use crate::{
    hooks::ask_failed_readings_again, lazy::lazy, prelude::*, stores::operations::Operations,
    ui::live_region::announce,
};

/// What renews the token of this client; it is fetched when it is needed.
pub(super) fn renewing(client: PublicClient) -> Box<Renew> {
    let source = client.source();
    Box::new(move |account, claims| {
        let client = client.clone();
        if let Some(source) = &source {
            return source.ask(client, account, claims);
        }
        Box::pin(async move {
            match ask_in_silence(client, account, claims).await {
                Ok(answer) => answer.await,
                Err(_) => Err(SignInProblem::NotLoaded),
            }
        })
    })
}

lazy! {
    sign_in_begin: fn ask_in_silence(client: PublicClient, account: Account, claims: Option<String>) -> Answer {
        Box::pin(async move { client.ask_in_silence(account, claims).await })
    }
}

impl Session {
    /// Renews the token as long as the owner is there, hears sign-outs of other tabs, and lets what failed for want of a
    /// token go on once there is one again.
    pub fn keep_signed_in(self) {
        if self.again.get_untracked() == Again::Unavailable {
            self.again.set(Again::Closed);
        }
        // Whether anybody is signed in is for the source to say, if there is one.
        if let Some(account) = self.account.get_untracked().filter(|_| self.source().is_none()) {
            let hearing = browser::hear_sign_out(&account, move || self.signed_out_elsewhere());
            let hearing = StoredValue::new_local(hearing);
            on_cleanup(move || {
                hearing.try_update_value(Option::take);
            });
        }
        self.operations.set_value(use_context::<Operations>());
        let has_ended = self.has_ended();
        let is_kept = Rc::new(Cell::new(false));
        Effect::new(move |had_ended: Option<bool>| {
            let has_ended = has_ended.get();
            if !has_ended {
                self.renew_ahead(Rc::clone(&is_kept));
            }
            if had_ended == Some(true) && !has_ended && self.account.with_untracked(Option::is_some) {
                announce("You are signed in again.", false);
                self.has_token_again();
            }
            has_ended
        });
    }

    /// What failed for want of a token is asked again, and what was given up goes on.
    pub(super) fn has_token_again(self) {
        ask_failed_readings_again();
        if let Some(Some(operations)) = self.operations.try_get_value() {
            operations.go_on_signed_in();
        }
    }

    fn renew_ahead(self, is_kept: Rc<Cell<bool>>) {
        if is_kept.replace(true) {
            return;
        }
        let client = self.client.get_value();
        spawn_local(async move {
            let renew = renewing(client.clone());
            let is_hidden = || document().hidden();
            client.keep_renewed(&*renew, is_hidden, || self.show()).await;
            is_kept.set(false);
        });
    }

    fn signed_out_elsewhere(self) {
        stay_signed_out();
        self.client.with_value(PublicClient::forget_as_elsewhere);
        self.forget_directories();
        self.account.set(None);
        self.show();
    }
}
