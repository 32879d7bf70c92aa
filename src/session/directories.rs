//! Directories besides the home one: which the user has chosen, and who they are there.
//!
//! A token is good in one directory (auth #27). Servers and vaults of the chosen directories are listed with those of the
//! home; what is done in them belongs to the same user, whose journal is the home account's.

use arm_client::{SignInNeeded, SignInReason, TokenRequest};
use arm_core::Secret;
use entra_auth::{Account, PublicClient, SessionState, SignInProblem};

use super::{Session, keeping, reason};
use crate::prelude::*;

/// A directory besides the home one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
}

impl Directory {
    /// Whether it is the one with this id.
    fn is(&self, id: &str) -> bool {
        self.id.eq_ignore_ascii_case(id)
    }
}

/// What a sign-in is wanted for while the home token is as good as before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Where; `None` at home.
    pub directory: Option<Directory>,
    /// Whether Azure asks for more proof than the token there holds.
    pub is_proof: bool,
}

/// How far the user is in a directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It is not shown.
    NotChosen,
    /// It is shown.
    SignedIn,
    /// It is to be shown, and only the user can sign in; why, where that is known.
    SignedOut(Option<SignInProblem>),
}

/// The tokens, and which subscription is known to be where.
#[derive(Default)]
pub(super) struct Elsewhere {
    /// Each directory's id and sign-in.
    clients: Vec<(String, PublicClient)>,
    /// Subscription and directory, by id.
    subscriptions: Vec<(String, String)>,
}

impl Session {
    /// The directories that are shown besides the home.
    pub fn directories(self) -> Signal<Vec<Directory>> {
        self.chosen.into()
    }

    /// What a sign-in is wanted for, while the session itself goes on.
    pub fn wanted(self) -> Signal<Option<Wanted>> {
        self.wanted.into()
    }

    /// How far the user is in this directory.
    pub fn standing_in(self, directory: &str) -> Standing {
        let is_chosen = self
            .chosen
            .with(|chosen| chosen.iter().any(|one| one.is(directory)));
        if !is_chosen {
            return Standing::NotChosen;
        }
        let client = self.client_in(directory);
        match client.filter(|client| !client.has_token()) {
            None => Standing::SignedIn,
            Some(client) => Standing::SignedOut(client.not_renewed()),
        }
    }

    /// Opens the sign-in to this directory beside the page; it is shown from then on.
    pub fn sign_in_to(self, directory: Directory) {
        self.wanted.set(Some(Wanted {
            directory: Some(directory),
            is_proof: false,
        }));
        self.sign_in_again();
    }

    /// No longer shows this directory; its token is forgotten.
    pub fn leave_directory(self, directory: &str) {
        self.elsewhere
            .update_value(|elsewhere| elsewhere.leave(directory));
        self.chosen
            .update(|chosen| chosen.retain(|one| !one.is(directory)));
        self.keep_chosen();
        self.no_longer_wants(|wanted| wanted.directory.as_ref().is_some_and(|one| one.is(directory)));
    }

    /// These subscriptions were listed in this directory.
    pub fn learn<'a>(self, directory: &str, subscriptions: impl Iterator<Item = &'a str>) {
        self.elsewhere.update_value(|elsewhere| {
            for subscription in subscriptions {
                elsewhere.learn(subscription, directory);
            }
        });
    }

    /// For which directory the sign-in beside the page is, if it is not for the home one; and whether it serves what is
    /// wanted. Without a session at home there is none elsewhere.
    pub fn asked_beside(self) -> Option<Wanted> {
        self.wanted
            .get_untracked()
            .filter(|_| !self.has_ended().get_untracked())
    }

    /// In whose window the user is to sign in.
    pub(super) fn client_beside(self, asked: Option<&Wanted>) -> PublicClient {
        let directory = asked.and_then(|asked| asked.directory.as_ref());
        let there = directory.and_then(|directory| self.client_in(&directory.id));
        there.unwrap_or_else(|| self.client.get_value())
    }

    /// The user did not sign in: a directory that is not shown yet is no longer wanted.
    pub(super) fn gives_up(self, asked: Option<Wanted>) {
        let directory = asked.as_ref().and_then(|asked| asked.directory.as_ref());
        let is_shown = |one: &Directory| {
            self.chosen
                .with_untracked(|chosen| chosen.iter().any(|shown| shown.is(&one.id)))
        };
        if directory.is_some_and(|one| !is_shown(one)) {
            self.no_longer_wants(|wanted| Some(wanted) == asked.as_ref());
        }
    }

    /// The user has signed in to what was asked; at home where that is nothing, which serves all that is wanted there.
    pub(super) fn has_what_was_asked(self, asked: Option<Wanted>) {
        // What was wanted meanwhile is wanted still.
        self.no_longer_wants(|wanted| {
            asked
                .as_ref()
                .map_or(wanted.directory.is_none(), |asked| wanted == asked)
        });
        if let Some(directory) = asked.and_then(|asked| asked.directory) {
            self.chosen.update(|chosen| {
                chosen.retain(|one| !one.is(&directory.id));
                chosen.push(directory);
                chosen.sort_by(|one, other| one.name.cmp(&other.name));
            });
            self.keep_chosen();
        }
    }

    fn no_longer_wants(self, is_over: impl Fn(&Wanted) -> bool) {
        if self
            .wanted
            .with_untracked(|wanted| wanted.as_ref().is_some_and(is_over))
        {
            self.wanted.set(None);
        }
    }

    /// Everything of other directories is forgotten, because the user has signed out.
    pub(super) fn forget_directories(self) {
        self.elsewhere.update_value(Elsewhere::forget_all);
        self.chosen.set(vec![]);
        self.wanted.set(None);
    }

    /// The token for a request: of the directory it names, or of that in which its subscription is known to be.
    pub(super) async fn token_for(self, request: TokenRequest) -> Result<Secret, SignInNeeded> {
        let is_home = |id: &String| {
            let account = self.account.get_untracked();
            account.is_none_or(|account| account.tenant_id.eq_ignore_ascii_case(id))
        };
        let known = || {
            let subscription = request.subscription.as_deref()?;
            self.elsewhere
                .with_value(|elsewhere| elsewhere.directory_of(subscription))
        };
        let is_of_a_list = request.subscription.is_none();
        let directory = request.tenant.or_else(known).filter(|id| !is_home(id));
        let client = match &directory {
            None => Some(self.client.get_value()),
            Some(id) => self.client_in(id),
        };
        let named = directory.map(|id| self.named(id));
        let needed = |reason, is_proof| {
            // A list says itself which directory is missing in it.
            if is_proof || !is_of_a_list {
                self.want(Wanted {
                    directory: named.clone(),
                    is_proof,
                });
            }
            SignInNeeded { reason }
        };
        let Some(client) = client else {
            return Err(needed(SignInReason::OtherTenant, false));
        };
        let renew = keeping::renewing(client.clone());
        if let Some(claims) = &request.claims {
            let token = client.acquire_token_proving(&*renew, claims).await;
            self.show();
            return token.ok_or_else(|| needed(SignInReason::MoreProof, true));
        }
        let token = client.acquire_token(&*renew).await;
        self.show();
        token.map_err(|state: SessionState| match named {
            None => SignInNeeded {
                reason: reason(&state),
            },
            Some(_) => needed(SignInReason::OtherTenant, false),
        })
    }

    /// Azure did not take this token; another one may be had in silence.
    pub(super) fn refused_elsewhere(self, token: &Secret) {
        self.elsewhere.with_value(|elsewhere| {
            for (_, client) in &elsewhere.clients {
                client.token_refused(token);
            }
        });
    }

    /// Azure says that this subscription is in that directory; `true` where the user has chosen it.
    pub(super) fn belongs(self, subscription: &str, directory: &str) -> bool {
        let is_chosen = |chosen: &Vec<Directory>| chosen.iter().any(|one| one.is(directory));
        let is_chosen = self.chosen.with_untracked(is_chosen);
        let account = self.account.get_untracked();
        let is_home = account.is_some_and(|account| account.tenant_id.eq_ignore_ascii_case(directory));
        let mut is_news = false;
        self.elsewhere.update_value(|elsewhere| {
            if is_chosen {
                elsewhere.learn(subscription, directory);
            } else if is_home {
                // It was somewhere else when it was last seen.
                is_news = elsewhere.forget(subscription);
            }
        });
        is_chosen || is_news
    }

    /// The sign-in to a directory; `None` while nobody is signed in at home.
    fn client_in(self, directory: &str) -> Option<PublicClient> {
        let found = |elsewhere: &Elsewhere| {
            let mut clients = elsewhere.clients.iter();
            clients
                .find(|(id, _)| id.eq_ignore_ascii_case(directory))
                .map(|(_, client)| client.clone())
        };
        self.elsewhere.with_value(found).or_else(|| {
            let account = self.account.get_untracked()?;
            let client = self
                .client
                .with_value(|client| client.in_directory(directory, &account));
            let kept = (directory.to_owned(), client.clone());
            self.elsewhere
                .update_value(|elsewhere| elsewhere.clients.push(kept));
            Some(client)
        })
    }

    fn named(self, id: String) -> Directory {
        let chosen = self.chosen.get_untracked();
        let known = chosen.into_iter().find(|one| one.is(&id));
        known.unwrap_or_else(|| Directory { name: id.clone(), id })
    }

    /// Not where the user has left what it is for, or signed out, while it was asked for.
    fn want(self, wanted: Wanted) {
        let directory = wanted.directory.as_ref();
        let is_left = self.account.with_untracked(Option::is_none)
            || directory.is_some_and(|one| !self.elsewhere.with_value(|elsewhere| elsewhere.knows(&one.id)));
        if is_left {
            return;
        }
        let wanted = Some(wanted);
        if self.wanted.with_untracked(|present| *present != wanted) {
            self.wanted.set(wanted);
        }
    }

    fn keep_chosen(self) {
        if let Some(account) = self.account.get_untracked() {
            keep(&account, &self.chosen.get_untracked());
        }
    }
}

impl Elsewhere {
    /// Forgets all of a directory; a token that is on its way is not taken any more.
    fn leave(&mut self, directory: &str) {
        self.clients.retain(|(id, client)| {
            let is_left = id.eq_ignore_ascii_case(directory);
            if is_left {
                client.forget();
            }
            !is_left
        });
        self.subscriptions
            .retain(|(_, id)| !id.eq_ignore_ascii_case(directory));
    }

    fn knows(&self, directory: &str) -> bool {
        self.clients
            .iter()
            .any(|(id, _)| id.eq_ignore_ascii_case(directory))
    }

    fn forget_all(&mut self) {
        for (_, client) in &self.clients {
            client.forget();
        }
        *self = Self::default();
    }

    fn learn(&mut self, subscription: &str, directory: &str) {
        self.subscriptions
            .retain(|(id, _)| !id.eq_ignore_ascii_case(subscription));
        self.subscriptions
            .push((subscription.to_owned(), directory.to_owned()));
    }

    /// Whether anything was known of it.
    fn forget(&mut self, subscription: &str) -> bool {
        let before = self.subscriptions.len();
        self.subscriptions
            .retain(|(id, _)| !id.eq_ignore_ascii_case(subscription));
        self.subscriptions.len() < before
    }

    fn directory_of(&self, subscription: &str) -> Option<String> {
        let mut known = self.subscriptions.iter();
        let found = known.find(|(id, _)| id.eq_ignore_ascii_case(subscription));
        found.map(|(_, directory)| directory.clone())
    }
}

/// What this account has chosen earlier.
pub(super) fn chosen_by(account: &Account) -> Vec<Directory> {
    let storage = storage_of(account);
    let kept = storage.and_then(|storage| storage.get_item(&key(account)).ok().flatten());
    parse(&kept.unwrap_or_default())
}

fn keep(account: &Account, chosen: &[Directory]) {
    if let Some(storage) = storage_of(account) {
        // Where storage is refused, the choice ends with the page.
        storage.set_item(&key(account), &text_of(chosen)).ok();
    }
}

/// None for somebody who is not known, since the next one is not known either.
fn storage_of(account: &Account) -> Option<web_sys::Storage> {
    if account.object_id.is_empty() {
        return None;
    }
    window().local_storage().ok().flatten()
}

fn key(account: &Account) -> String {
    format!("pgbp.directories.{}.{}", account.tenant_id, account.object_id)
}

/// A line for each: id and name.
fn text_of(chosen: &[Directory]) -> String {
    let lines = chosen
        .iter()
        .map(|one| format!("{} {}\n", one.id, one.name.replace('\n', " ")));
    lines.collect()
}

/// Whatever else is in storage is left out: an id becomes a part of an address.
fn parse(text: &str) -> Vec<Directory> {
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    let lines = lines.filter(|(id, name)| is_guid(id) && !name.is_empty());
    lines
        .map(|(id, name)| Directory {
            id: id.to_owned(),
            name: name.to_owned(),
        })
        .collect()
}

fn is_guid(text: &str) -> bool {
    let is_right = |(at, letter): (usize, u8)| match at {
        8 | 13 | 18 | 23 => letter == b'-',
        _ => letter.is_ascii_hexdigit(),
    };
    text.len() == 36 && text.bytes().enumerate().all(is_right)
}

#[cfg(test)]
mod tests;
