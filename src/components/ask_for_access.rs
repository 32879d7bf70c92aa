//! What the user's roles do not allow on a page, and a text with which to ask for it.

use leptos::mount::mount_to;
use wasm_bindgen::JsCast as _;

use crate::{
    access::{self, Asker},
    components::CopyButton,
    prelude::*,
    rights::{Act, Lacking},
    session::Session,
    ui::{
        changing::view_of,
        icon::{Icon, IconName},
        icon_button::IconButton,
    },
};

/// Where it is kept, for the tab, that the user does not want to see it.
const DISMISSED: &str = "pgbp.access-note";

/// A quiet bar in the frame's `#notice`, as long as the owner lives and something is lacking.
pub fn ask_for_access(lacking: RwSignal<Vec<Lacking>>) {
    let is_dismissed = RwSignal::new(was_dismissed());
    let Some(notice) = document().get_element_by_id("notice") else {
        return;
    };
    let account = use_context::<Session>().and_then(|session| session.account().get_untracked());
    let asker = account.map(|account| Asker {
        username: account.username,
        object_id: account.object_id,
        tenant_id: account.tenant_id,
    });
    let asker = StoredValue::new(asker.unwrap_or_default());
    let bar = mount_to(notice.unchecked_into(), move || {
        view_of(move || {
            let lacking = lacking.get();
            if lacking.is_empty() || is_dismissed.get() {
                return ().into_any();
            }
            let missing: Vec<_> = lacking.iter().map(|lacking| lacking.missing.clone()).collect();
            let request = asker.with_value(|asker| access::request(&missing, asker, None));
            let words = words(&lacking);
            let dismiss = Callback::new(move |()| {
                dismiss();
                is_dismissed.set(true);
            });
            view! {
                <div class="rights-bar">
                    <Icon name=IconName::LockClosed size=16 />
                    <p>{words}</p>
                    <div class="rights-bar-acts">
                        <CopyButton label="Copy request for an owner" text=request small=true />
                        <IconButton icon=IconName::Dismiss label="Dismiss" small=true on_click=dismiss />
                    </div>
                </div>
            }
            .into_any()
        })
    });
    // The page's own view does not hold it, so it goes with the page by hand.
    let bar = StoredValue::new_local(Some(bar));
    on_cleanup(move || {
        bar.try_update_value(Option::take);
    });
}

/// *Your roles on pg-orders-prod do not let you take backups or delete them.*
fn words(lacking: &[Lacking]) -> String {
    let scope = lacking
        .first()
        .and_then(|lacking| lacking.missing.scope.as_deref());
    let name = scope.and_then(|scope| scope.rsplit('/').next()).unwrap_or("this");
    let mut acts: Vec<&str> = lacking.iter().map(|lacking| verb(lacking.act)).collect();
    acts.dedup();
    format!("Your roles on {} do not let you {}.", name, either(&acts))
}

/// *this, that or the other*.
fn either(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] => format!("{} or {last}", before.join(", ")),
    }
}

/// What the user would do.
fn verb(act: Act) -> &'static str {
    match act {
        Act::TakeBackup => "take backups",
        Act::DeleteBackup => "delete backups",
        Act::LongTermBackup => "start long-term backups",
        Act::Protect => "configure backup",
        Act::ChangePolicy => "change its policy",
        Act::BackUpInstance => "back it up",
        Act::StopBackup => "stop its backups",
        Act::ResumeBackup => "resume its backups",
        Act::DeleteBackupData => "delete its backup data",
        Act::Undelete => "undelete it",
        Act::Restore => "restore it",
        Act::CreateVault => "create backup vaults",
        Act::ChangeVault => "change it",
        Act::CreatePolicy => "create policies",
        Act::DeletePolicy => "delete policies",
        Act::AssignRoles => "assign roles",
        Act::ChangeStorage => "change its settings",
        Act::CreateContainer => "create containers",
        Act::CreateSas => "create a SAS",
    }
}

fn was_dismissed() -> bool {
    tab_storage().is_some_and(|storage| matches!(storage.get_item(DISMISSED), Ok(Some(_))))
}

fn dismiss() {
    if let Some(storage) = tab_storage() {
        // What cannot be kept lasts as long as the page.
        storage.set_item(DISMISSED, "yes").ok();
    }
}

fn tab_storage() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::MissingAccess;

    #[test]
    fn the_bar_says_what_the_roles_do_not_let_the_user_do() {
        let lacking = |acts: &[Act]| -> Vec<Lacking> {
            let of = |act: &Act| Lacking {
                act: *act,
                reason: String::new(),
                missing: MissingAccess {
                    action: String::new(),
                    scope: Some("/subscriptions/s/x/y/pg-a".to_owned()),
                },
            };
            acts.iter().map(of).collect()
        };
        for (acts, expected) in [
            (&[Act::TakeBackup][..], "take backups"),
            (
                &[Act::TakeBackup, Act::DeleteBackup],
                "take backups or delete backups",
            ),
            (
                &[Act::BackUpInstance, Act::Restore, Act::StopBackup],
                "back it up, restore it or stop its backups",
            ),
        ] {
            let said = words(&lacking(acts));
            assert_eq!(said, format!("Your roles on pg-a do not let you {expected}."));
        }
    }
}
