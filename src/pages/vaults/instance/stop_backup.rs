//! The *Stop backup* pane: the portal's three ways.

use super::{
    Page,
    acting::{reason, use_acting},
    allowed::{self, Command},
    choice::Choice,
    loss,
};
use crate::{
    components::{BELOW_A_PANE, LeaveQuestion},
    prelude::*,
    rights::Act,
    services::use_services,
    stores::operations::ProtectionRequest,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{view_if, view_of},
        pane::Pane,
        text_field::TextField,
    },
};

/// The words of the three ways in the group.
const FOREVER: &str = "forever";
const BY_POLICY: &str = "by-policy";
const DELETE: &str = "delete";

/// One of three ways is chosen; the last asks to type the instance's name and tells what is lost.
#[component]
pub fn StopBackup(page: Page, on_close: Callback<()>) -> impl IntoView {
    let acting = use_acting(on_close);
    let only_deletion = Memo::new(move |_| {
        reason(page, Command::StopProtection).is_some() && reason(page, Command::SuspendBackups).is_some()
    });
    // Nothing is chosen before somebody does, but where there is nothing to choose.
    let chosen = RwSignal::new(String::new());
    let way = Memo::new(move |_| {
        if only_deletion.get() {
            DELETE.to_owned()
        } else {
            chosen.get()
        }
    });
    let is_deletion = Memo::new(move |_| way.with(|way| way == DELETE));
    let typed = RwSignal::new(String::new());
    let name = page.id.with_value(|id| id.name().to_owned());
    let name = StoredValue::new(name);
    let is_typed = Memo::new(move |_| name.with_value(|name| typed.with(|typed| typed.trim() == name)));
    let reason_not_to = Signal::derive(move || match way.get().as_str() {
        FOREVER => reason(page, Command::StopProtection),
        BY_POLICY => reason(page, Command::SuspendBackups),
        DELETE => {
            let untyped =
                || (!is_typed.get()).then(|| "Type the name of the backup instance first.".to_owned());
            reason(page, Command::Delete).or_else(untyped)
        }
        _ => Some("Choose one of the three ways.".to_owned()),
    });
    let on_act = Callback::new(move |()| {
        if reason_not_to.with_untracked(Option::is_some) {
            return;
        }
        let request = match way.get_untracked().as_str() {
            FOREVER => ProtectionRequest::StopProtection,
            BY_POLICY => ProtectionRequest::SuspendBackups,
            _ => ProtectionRequest::Delete,
        };
        acting.ask(page.id.get_value(), request);
    });
    let is_asking = RwSignal::new(false);
    let ask = Callback::new(move |()| {
        if acting.is_requesting.get_untracked() {
            return;
        }
        if typed.with_untracked(String::is_empty) {
            on_close.run(());
        } else {
            is_asking.set(true);
        }
    });
    let is_sent = Signal::derive(move || {
        let is_requesting = acting.is_requesting.get();
        is_requesting.then(|| "The request is on its way.".to_owned())
    });
    let buttons = move || {
        let act = view_of(move || {
            let (appearance, word) = if is_deletion.get() {
                (ButtonAppearance::Danger, "Delete backup data")
            } else {
                (ButtonAppearance::Primary, "Stop backup")
            };
            view! {
                <Button appearance busy=acting.is_requesting disabled_reason=reason_not_to on_click=on_act>
                    {word}
                </Button>
            }
            .into_any()
        });
        view! {
            {act}
            <Button disabled_reason=is_sent on_click=ask>"Cancel"</Button>
            <span class="pane-hint"><kbd>"Esc"</kbd> " closes"</span>
        }
    };
    let title = Signal::derive(move || {
        if only_deletion.get() {
            "Delete backup data"
        } else {
            "Stop backup"
        }
        .to_owned()
    });
    let choices = move || {
        view_if(Signal::derive(move || !only_deletion.get()), move || {
            ways(page, chosen)
        })
    };
    let now = use_services().page_clock.now();
    let deletion = move || {
        view_if(is_deletion, move || {
            let name = name.get_value();
            view! {
                {view_of(move || loss::card(page, now))}
                <TextField
                    label="Name of the backup instance"
                    value=typed
                    required=true
                    hint=format!("Type {name} to delete its backup data.")
                />
                {loss::code(page)}
            }
            .into_any()
        })
    };
    view! {
        <Pane title on_close=ask on_submit=on_act inert=BELOW_A_PANE footer=buttons>
            {choices()}
            {deletion()}
            {acting.refusal("It was not stopped")}
        </Pane>
        <LeaveQuestion is_asking on_leave=on_close />
    }
}

fn ways(page: Page, chosen: RwSignal<String>) -> AnyView {
    let why = move |command| Signal::derive(move || reason(page, command));
    let offers = |act| page.rights.offers(act);
    let is_suspended = page
        .known
        .data
        .with_untracked(|known| known.as_ref().is_some_and(allowed::is_stopped));
    let by_policy = if is_suspended {
        "Backups are suspended."
    } else {
        "No more backups. The recovery points expire as the policy says; the last one is kept forever."
    };
    view! {
        <fieldset class="choices">
            <legend>"What becomes of the backup data"</legend>
            {offers(Act::StopBackup).then(|| view! {
            <Choice
                group="stop-backup"
                value=FOREVER.to_owned()
                name="Retain forever"
                more=Signal::stored("No more backups. All recovery points are kept for good, or until they are deleted.".to_owned())
                chosen
                disabled_reason=why(Command::StopProtection)
            />
            <Choice
                group="stop-backup"
                value=BY_POLICY.to_owned()
                name="Retain as per policy"
                more=Signal::stored(by_policy.to_owned())
                chosen
                disabled_reason=why(Command::SuspendBackups)
            />
            })}
            {offers(Act::DeleteBackupData).then(|| view! {
            <Choice
                group="stop-backup"
                value=DELETE.to_owned()
                name="Delete backup data"
                more=Signal::stored("No more backups, and all recovery points are deleted.".to_owned())
                chosen
                disabled_reason=why(Command::Delete)
            />
            })}
        </fieldset>
    }
    .into_any()
}
