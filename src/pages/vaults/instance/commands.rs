//! The commands of the page; one that cannot be used now says why.

use super::{Page, acting::reason, allowed::Command, panes::Opened};
use crate::{
    components::CommandBar,
    location::{link, use_going},
    prelude::*,
    rights::Act,
    routes,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{view_if, view_of},
        icon::IconName,
    },
};

/// *Backup now*, *Restore*, *Change policy*, *Stop backup*, *Resume backup*, *Undelete*, *Refresh*.
#[component]
pub fn Commands(page: Page, refresh: Callback<()>) -> impl IntoView {
    let why = move |command| Signal::derive(move || reason(page, command));
    let open =
        move |opened: Opened| Callback::new(move |()| page.set_pane.run(Some(opened.word().to_owned())));
    let go = use_going();
    let restore = Callback::new(move |()| {
        if let Some(path) = page.id.with_value(|id| routes::restore(id, None)) {
            go.run(link(&path));
        }
    });
    let is_deleted = Memo::new(move |_| {
        page.known
            .data
            .with(|known| known.as_ref().is_some_and(|known| known.is_deleted))
    });
    // What is stopped already can only lose its data.
    let only_deletion = Memo::new(move |_| {
        let can = |command| reason(page, command).is_none();
        can(Command::Delete) && !can(Command::StopProtection) && !can(Command::SuspendBackups)
    });
    // One of the three ways is enough.
    let why_not_stop = Signal::derive(move || {
        let ways = [Command::StopProtection, Command::SuspendBackups, Command::Delete];
        let reasons = ways.map(|command| reason(page, command));
        let [_, _, last] = reasons.iter().all(Option::is_some).then_some(reasons)?;
        last
    });
    let stop = view_of(move || {
        let (icon, word) = if only_deletion.get() {
            (IconName::Delete, "Delete backup data")
        } else {
            (IconName::Stop, "Stop backup")
        };
        if !page.rights.offers(Act::StopBackup) && !page.rights.offers(Act::DeleteBackupData) {
            return ().into_any();
        }
        view! {
            <Button
                appearance=ButtonAppearance::Subtle
                icon
                disabled_reason=why_not_stop
                on_click=open(Opened::StopBackup)
            >
                {word}
            </Button>
        }
        .into_any()
    });
    view! {
        <CommandBar>
            <Button
                act=Act::BackUpInstance
                appearance=ButtonAppearance::Subtle
                icon=IconName::Add
                disabled_reason=why(Command::BackUp)
                on_click=open(Opened::BackupNow)
            >
                "Backup now"
            </Button>
            <Button
                act=Act::Restore
                appearance=ButtonAppearance::Subtle
                icon=IconName::Document
                disabled_reason=why(Command::Restore)
                on_click=restore
            >
                "Restore"
            </Button>
            <Button
                appearance=ButtonAppearance::Subtle
                icon=IconName::ArrowClockwise
                busy=page.known.is_loading
                on_click=refresh
            >
                "Refresh"
            </Button>
            <Button
                act=Act::ChangePolicy
                appearance=ButtonAppearance::Subtle
                icon=IconName::Calendar
                disabled_reason=why(Command::ChangePolicy)
                on_click=open(Opened::ChangePolicy)
            >
                "Change policy"
            </Button>
            {stop}
            <Button
                act=Act::ResumeBackup
                appearance=ButtonAppearance::Subtle
                icon=IconName::History
                disabled_reason=why(Command::Resume)
                on_click=open(Opened::Resume)
            >
                "Resume backup"
            </Button>
            {view_if(is_deleted, move || {
                view! {
                    <Button
                        act=Act::Undelete
                        appearance=ButtonAppearance::Subtle
                        icon=IconName::Archive
                        on_click=open(Opened::Undelete)
                    >
                        "Undelete"
                    </Button>
                }
                .into_any()
            })}
        </CommandBar>
    }
}
