//! What the page opens on a click: a part of its own, which comes when it is asked for.

use super::{
    Page,
    backup_now::BackupNow,
    change_policy::ChangePolicy,
    questions::{ResumeBackup, Undelete},
    stop_backup::StopBackup,
};
use crate::{
    components::{BELOW_A_PANE, LazyView, pane_not_offered},
    lazy::lazy,
    prelude::*,
    rights::Act,
    ui::pane::Pane,
};

/// What can be open, by its word in the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// *Backup now*.
    BackupNow,
    /// *Change policy*.
    ChangePolicy,
    /// *Stop backup*, or *Delete backup data* where only that is left.
    StopBackup,
    /// The question before *Resume backup*.
    Resume,
    /// The question before *Undelete*.
    Undelete,
}

impl Opened {
    const ALL: [Self; 5] = [
        Self::BackupNow,
        Self::ChangePolicy,
        Self::StopBackup,
        Self::Resume,
        Self::Undelete,
    ];

    /// The word in the query.
    pub const fn word(self) -> &'static str {
        match self {
            Self::BackupNow => "backup-now",
            Self::ChangePolicy => "change-policy",
            Self::StopBackup => "stop-backup",
            Self::Resume => "resume",
            Self::Undelete => "undelete",
        }
    }

    /// What has this word.
    pub fn of(word: Option<&str>) -> Option<Self> {
        Self::ALL.into_iter().find(|opened| Some(opened.word()) == word)
    }

    /// What is done in it: one of these.
    const fn acts(self) -> &'static [Act] {
        match self {
            Self::BackupNow => &[Act::BackUpInstance],
            Self::ChangePolicy => &[Act::ChangePolicy],
            Self::StopBackup => &[Act::StopBackup, Act::DeleteBackupData],
            Self::Resume => &[Act::ResumeBackup],
            Self::Undelete => &[Act::Undelete],
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::BackupNow => "Backup now",
            Self::ChangePolicy => "Change policy",
            Self::StopBackup => "Stop backup",
            Self::Resume => "Resume backup",
            Self::Undelete => "Undelete backup instance",
        }
    }
}

lazy! {
    instance_panes: fn pane_of(opened: Opened, page: Page, on_close: Callback<()>) -> AnyView {
        match opened {
            _ if !opened.acts().iter().any(|act| page.rights.offers(*act)) => {
                pane_not_offered(opened.title(), on_close)
            }
            Opened::BackupNow => view! { <BackupNow page on_close /> }.into_any(),
            Opened::ChangePolicy => view! { <ChangePolicy page on_close /> }.into_any(),
            Opened::StopBackup => view! { <StopBackup page on_close /> }.into_any(),
            Opened::Resume => view! { <ResumeBackup page on_close /> }.into_any(),
            Opened::Undelete => view! { <Undelete page on_close /> }.into_any(),
        }
    }
}

/// What is open.
pub fn pane(opened: Opened, page: Page, on_close: Callback<()>) -> AnyView {
    let around = Box::new(move |content| in_pane(opened.title(), on_close, content));
    let load = Box::new(move || Box::pin(pane_of(opened, page, on_close)) as _);
    view! { <LazyView load around rows=0 /> }.into_any()
}

/// The pane while what it holds could not be fetched.
fn in_pane(title: &'static str, on_close: Callback<()>, content: AnyView) -> AnyView {
    let content = StoredValue::new_local(Some(content));
    let content = move || content.try_update_value(Option::take).flatten();
    view! { <Pane title on_close inert=BELOW_A_PANE>{content}</Pane> }.into_any()
}
