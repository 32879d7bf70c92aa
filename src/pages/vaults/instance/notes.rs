//! What has to be known before the facts: that protection failed, that it is deleted, that Azure is at work.

use arm_client::data_protection::ProtectionState;

use super::{
    Page,
    allowed::{self, Command, reason_not_to},
    failure::failure,
    known::Known,
    live,
    panes::Opened,
};
use crate::{
    prelude::*,
    stores::operations::use_operations,
    text,
    ui::{
        button::Button,
        changing::view_of,
        message_bar::{MessageBar, MessageIntent},
    },
};

/// The bars.
#[component]
pub fn Notes(page: Page, known: Signal<Known>) -> impl IntoView {
    let operations = use_operations();
    let is_followed = Memo::new(move |_| !live::unfinished(operations, page).is_empty());
    // Made anew only where the instance is another one than before.
    let known = Memo::new(move |_| known.get());
    view_of(move || {
        let known = known.get();
        if known.is_deleted {
            return deleted(&known);
        }
        let goes_on = allowed::what_goes_on(&known).filter(|_| !is_followed.get());
        let goes_on = goes_on.map(|what| {
            view! { <MessageBar title=what>"Refresh shows how far it is; other commands wait until it is done."</MessageBar> }
        });
        let failed = known.instance.error.as_deref().map(|error| {
            let title = match known.instance.state {
                Some(ProtectionState::ConfiguringFailed) => "Protection could not be configured.",
                _ => "Azure reports an error of its protection.",
            };
            // What could not be configured is configured again by the request that changes the policy.
            let can_retry = known.instance.state == Some(ProtectionState::ConfiguringFailed)
                && reason_not_to(Command::ChangePolicy, &known).is_none();
            let retry = can_retry.then(|| {
                let on_click = Callback::new(move |()| {
                    page.set_pane.run(Some(Opened::ChangePolicy.word().to_owned()));
                });
                view! { <Button small=true on_click>"Configure again"</Button> }.into_any()
            });
            page.vault
                .data
                .with(|vault| failure(title, error, vault.as_ref(), retry))
        });
        view! { {goes_on} {failed} {stopped(&known)} }.into_any()
    })
}

/// What a soft-deleted instance is, and until when.
fn deleted(known: &Known) -> AnyView {
    let deletion = known.instance.deletion.as_ref();
    let deleted = deletion.and_then(|deletion| deletion.deleted);
    let purged = deletion.and_then(|deletion| deletion.purged);
    let when = deleted
        .map(|at| format!("Deleted on {}. ", text::sentence_moment(at)))
        .unwrap_or_default();
    let until = match purged {
        Some(at) => format!(
            "Its recovery points are kept until {} and then deleted for good.",
            text::sentence_moment(at)
        ),
        None => "Azure does not say until when its recovery points are kept.".to_owned(),
    };
    view! {
        <MessageBar intent=MessageIntent::Warning stacked=true title="This backup instance is soft-deleted.">
            <p>
                {when} {until}
                " Until then it can be undeleted: it comes back as one whose protection is stopped, with all its data. \
                 As long as it is there, this vault cannot protect the same datasource again."
            </p>
        </MessageBar>
    }
    .into_any()
}

/// What a stopped or suspended instance goes on with, and what not.
fn stopped(known: &Known) -> AnyView {
    let (title, what) = match known.instance.state {
        Some(ProtectionState::Stopped) => (
            "Protection is stopped.",
            "No more backups are taken. The recovery points that are there are kept for good, until protection is \
             resumed or the backup data are deleted.",
        ),
        Some(ProtectionState::Suspended) => (
            "Backups are suspended.",
            "No more backups are taken. The recovery points that are there expire by the policy; the last one stays.",
        ),
        _ => return ().into_any(),
    };
    view! { <MessageBar intent=MessageIntent::Warning title>{what}</MessageBar> }.into_any()
}
