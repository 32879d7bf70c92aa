//! What the panes and questions of the page have in common: one act, its refusal, and the end of the form.

use arm_core::ResourceId;

use super::{
    Page,
    allowed::{Command, reason_not_to},
};
use crate::{
    components::Refusal,
    hooks::{AsyncOperation, AsyncOperationState, use_async_operation},
    prelude::*,
    rights::Act,
    stores::operations::ProtectionRequest,
    ui::changing::view_of,
};

/// An act on the instance, as a form sees it.
#[derive(Clone, Copy)]
pub struct Acting {
    operation: AsyncOperation,
    /// The request is on its way.
    pub is_requesting: Signal<bool>,
}

/// An act; `on_started` is called once Azure has taken the request: what follows is shown on the page and in the bell.
pub fn use_acting(on_started: Callback<()>) -> Acting {
    let operation = use_async_operation();
    let state = operation.state;
    Effect::new(move |_| {
        let is_followed = matches!(
            state.get(),
            AsyncOperationState::Running
                | AsyncOperationState::Completed
                | AsyncOperationState::Failed
                | AsyncOperationState::Unknown
        );
        if is_followed {
            on_started.run(());
        }
    });
    Acting {
        operation,
        is_requesting: Signal::derive(move || state.get() == AsyncOperationState::Requesting),
    }
}

impl Acting {
    /// Asks for it, once.
    pub fn ask(self, target: ResourceId, request: ProtectionRequest) {
        self.operation.protect.run((target, request));
    }

    /// Why Azure has refused it, in the form.
    pub fn refusal(self, title: &'static str) -> AnyView {
        let Self { operation, .. } = self;
        view_of(move || {
            let is_refused = operation.state.get() == AsyncOperationState::Refused;
            match operation.problem.get().filter(|_| is_refused) {
                Some(problem) => view! { <Refusal title problem /> }.into_any(),
                None => ().into_any(),
            }
        })
    }
}

/// What a command does.
pub fn act_of(command: Command) -> Act {
    match command {
        Command::BackUp => Act::BackUpInstance,
        Command::Restore => Act::Restore,
        Command::ChangePolicy => Act::ChangePolicy,
        Command::StopProtection | Command::SuspendBackups => Act::StopBackup,
        Command::Delete => Act::DeleteBackupData,
        Command::Resume => Act::ResumeBackup,
        Command::Undelete => Act::Undelete,
    }
}

/// Why the user or the instance does not allow a command now; nothing where it does.
pub fn reason(page: Page, command: Command) -> Option<String> {
    if page.is_gone() {
        return Some("The backup instance is gone.".to_owned());
    }
    // What nobody may do here is said before what Azure does not allow at the moment.
    if let Some(reason) = page.rights.reason(act_of(command)) {
        return Some(reason);
    }
    page.known.data.with(|known| match known {
        Some(known) => reason_not_to(command, known).map(str::to_owned),
        None if page.known.problem.with(Option::is_some) => {
            Some("The backup instance could not be read.".to_owned())
        }
        None => Some("The backup instance is being read.".to_owned()),
    })
}
