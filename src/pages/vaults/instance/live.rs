//! What goes on with the instance: the operations of this user that have not ended.

use super::Page;
use crate::{
    hooks::use_now,
    location::link,
    prelude::*,
    routes,
    stores::operations::{Operation, OperationState, Operations, use_operations},
    text,
    ui::{
        changing::{text_of, view_of},
        names::with_names,
        progress::{ProgressBar, Spinner},
    },
};

/// The operations on the instance, or on what is left of it after its deletion, that have begun and not ended.
pub fn unfinished(operations: Operations, page: Page) -> Vec<Operation> {
    let deleted = page.vault_id.with_value(|vault| {
        let name = page.id.with_value(|id| id.name().to_owned());
        vault.child("deletedBackupInstances", &name).ok()
    });
    let mut unfinished = operations.unfinished_on(&page.id.get_value());
    unfinished.extend(
        deleted
            .map(|deleted| operations.unfinished_on(&deleted))
            .unwrap_or_default(),
    );
    unfinished.retain(|operation| operation.progress != OperationState::Sent);
    unfinished
}

/// One bar for each.
#[component]
pub fn Live(page: Page) -> impl IntoView {
    let operations = use_operations();
    let going = Memo::new_with_compare(move |_| unfinished(operations, page), |_, _| true);
    view_of(move || going.get().into_iter().map(bar).collect_view().into_any())
}

/// An operation as it goes on.
pub fn bar(operation: Operation) -> AnyView {
    let Some((_, words)) = operation.said() else {
        return ().into_any();
    };
    let is_known = operation.progress != OperationState::Unknown;
    let (now, started, next) = (use_now(), operation.started, operation.next_look);
    let time = move || {
        text_of(move || {
            let now = now.get();
            let since = text::duration((now - started).to_std().unwrap_or_default());
            let wait = next.and_then(|next| (next - now).to_std().ok());
            match wait {
                Some(wait) if wait.as_secs() > 0 => format!("{since}, next look in {}", text::duration(wait)),
                _ => since,
            }
        })
    };
    let job = operation.job.as_ref().and_then(routes::job);
    let to_job = job.map(|path| view! { <a href=link(&path)>"Show job"</a> });
    let percent = match &operation.progress {
        OperationState::Running { percent, .. } => *percent,
        _ => None,
    };
    view! {
        <div class="instance-live">
            <div class="instance-live-words">
                <Spinner />
                <strong>{words.title}</strong>
                <span>{with_names(&words.body)}</span>
                <span class="caption">{time()}</span>
                {to_job}
            </div>
            {is_known.then(|| view! { <ProgressBar label=words.title.to_owned() percent=Signal::stored(percent) thin=true /> })}
        </div>
    }
    .into_any()
}
