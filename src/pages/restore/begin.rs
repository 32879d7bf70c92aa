//! What stands in the fields until somebody changes it, and what one field makes void in another.

use arm_client::data_protection::{DatasourceKind, file_prefix};

use super::{draft::Draft, form::Form, prefix::source_words, request::without_query, state::Choices};
use crate::{components::storage::offer, prelude::*, services::use_services};

/// Fills the fields once it is known with what, and follows them.
pub fn begin_with(form: Form, opened: StoredValue<Choices>, draft: RwSignal<Draft>) {
    let known = form.known;
    let clock = StoredValue::new_local(use_services().page_clock.clone());
    // A prefix that nobody else has, and the server and the secret that are the instance's own.
    Effect::new(move |_| {
        let Some((source, kind, secret)) = known.instance.data.with(|known| {
            let known = known.as_ref()?;
            let kind = known.kind().unwrap_or(DatasourceKind::FlexibleServer);
            Some((known.instance.source.clone(), kind, known.instance.secret.clone()))
        }) else {
            return;
        };
        let words = source.as_ref().map(|source| source_words(source, kind));
        if draft.with_untracked(|draft| draft.suggested.is_empty()) {
            let words = words.unwrap_or_else(|| "restore".to_owned());
            let suggested = file_prefix(&words, clock.with_value(|clock| clock.now()));
            draft.update(|draft| draft.suggested = suggested.clone());
            if form.prefix.with_untracked(String::is_empty) {
                form.prefix.set(suggested);
            }
        }
        if form.server.with_untracked(String::is_empty)
            && kind == DatasourceKind::SingleServerDatabase
            && let Some(server) = source.and_then(|source| source.parent())
        {
            form.server.set(server.name().to_owned());
        }
        if form.secret.with_untracked(String::is_empty)
            && draft.with_untracked(|draft| draft.secret.is_none())
        {
            form.secret.set(secret.unwrap_or_default());
        }
    });
    // The subscription of the account that the link names, or else the vault's own.
    Effect::new(move |_| {
        let scopes = known.accounts.subscriptions.get();
        if form.subscription.with_untracked(String::is_empty) {
            let account = opened.with_value(|opened| opened.account.clone());
            let of = account.unwrap_or_else(|| known.vault_id.get_value());
            let label = offer::subscription_label(&scopes, &of);
            form.subscription.set(label.unwrap_or_default());
        }
    });
    Effect::watch(
        move || form.subscription.get(),
        move |now: &String, before: Option<&String>, _| {
            if before.is_some_and(|before| !before.is_empty() && before != now) {
                form.account.set(String::new());
            }
        },
        false,
    );
    Effect::watch(
        move || form.account.get(),
        move |_, _, _| form.container.set(String::new()),
        false,
    );
    // A SAS is no part of an address, and is kept nowhere.
    Effect::new(move |_| {
        let bare = form.address.with(|address| {
            let (bare, had_query) = without_query(address);
            had_query.then(|| bare.to_owned())
        });
        match bare {
            Some(bare) => {
                form.had_query.set(true);
                form.address.set(bare);
            }
            None if form.address.with_untracked(String::is_empty) => form.had_query.set(false),
            None => {}
        }
    });
}
