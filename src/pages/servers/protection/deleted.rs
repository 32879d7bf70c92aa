//! What vaults still keep of the server after its protection was deleted.

use arm_client::data_protection::BackupInstance;

use super::kept::Kept;
use crate::{
    components::protection::policy_words,
    hooks::Reading,
    location::link,
    prelude::*,
    problem::Problem,
    routes, text,
    ui::{
        changing::view_of,
        message_bar::{MessageBar, MessageIntent},
        names::with_names,
    },
};

/// A bar for each soft-deleted instance, and one where vaults could not be looked into.
#[component]
pub fn Deleted(kept: Reading<Kept>) -> impl IntoView {
    view_of(move || {
        let problem = kept.problem.with(|error| error.as_ref().map(Problem::from));
        kept.data.with(|kept| match (kept, problem) {
            (Some(kept), _) => {
                let bars = kept.instances.iter().map(bar).collect_view();
                let unread =
                    (!kept.unread.is_empty()).then(|| unread(&policy_words::listed(&kept.unread), ""));
                view! { {bars} {unread} }.into_any()
            }
            (None, Some(problem)) => unread("the backup vaults", &problem.reason),
            (None, None) => ().into_any(),
        })
    })
}

fn bar(instance: &BackupInstance) -> AnyView {
    let vault = instance.vault();
    let name = vault
        .as_ref()
        .map_or("its vault", |vault| vault.name())
        .to_owned();
    let purged = instance.deletion.as_ref().and_then(|deletion| deletion.purged);
    let until = purged.map_or_else(
        || "Azure does not say until when.".to_owned(),
        |purged| format!("It is kept until {}.", text::sentence_moment(purged)),
    );
    // Its page is that of the instance that it was.
    let page = vault.and_then(|vault| vault.child("backupInstances", &instance.name).ok());
    let page = page.and_then(|id| routes::instance(&id));
    let actions = page.map(|path| {
        view! { <a class="button button-default button-small" href=link(&path)>"Show the deleted instance"</a> }
    });
    let words = format!(
        "Vault '{name}' keeps the backups of this server after its protection was deleted. {until} Meanwhile that \
         vault cannot protect the server again, unless the instance is undeleted; another vault can."
    );
    view! {
        <MessageBar
            intent=MessageIntent::Warning
            stacked=true
            title="There is a soft-deleted backup instance of this server."
            actions=move || actions
        >
            <p>{with_names(&words)}</p>
        </MessageBar>
    }
    .into_any()
}

fn unread(what: &str, why: &str) -> AnyView {
    let words = format!(
        "{why} Whether a soft-deleted backup instance of this server is still kept by {what} is not known."
    );
    view! { <MessageBar title="Not everything could be looked into.">{with_names(words.trim())}</MessageBar> }
        .into_any()
}
