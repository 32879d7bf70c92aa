//! The toasts at the top right.

use crate::{
    components::LazyView,
    lazy::lazy,
    location::link,
    prelude::*,
    stores::notifications::{Intent, Notification, use_notifications},
    text,
    ui::{
        changing::view_if,
        toast::{Toast, ToastIntent, ToastRegion},
    },
};

/// How many are shown at once.
const TOASTS: usize = 3;

/// The newest notifications, for a while.
#[component]
pub fn Toasts() -> impl IntoView {
    let notifications = use_notifications();
    let toasts = notifications.toasts();
    // Once there, the region stays: where it goes while somebody reads a toast, nobody would let the others age again.
    let is_wanted =
        Memo::new(move |before| before == Some(&true) || toasts.with(|toasts| !toasts.is_empty()));
    view_if(is_wanted, || {
        view! { <LazyView load=Box::new(|| Box::pin(toast_list())) around=Box::new(in_region) rows=0 /> }
            .into_any()
    })
}

/// Where the toasts would be, if what shows them could not be fetched.
fn in_region(content: AnyView) -> AnyView {
    view! { <section class="toast-region" aria-label="Notifications">{content}</section> }.into_any()
}

lazy! {
    operations: fn toast_list() -> AnyView {
        view! { <ToastList /> }.into_any()
    }
}

#[component]
fn ToastList() -> impl IntoView {
    let notifications = use_notifications();
    let toasts = notifications.toasts();
    view! {
        <ToastRegion on_hold=Callback::new(move |paused| notifications.pause(paused))>
            <For each=move || shown(toasts.get()) key=|toast| toast.id children=move |toast| view! { <OneToast toast /> } />
        </ToastRegion>
    }
}

/// The newest three; what stays until it is dismissed makes no room for what goes by itself.
fn shown(mut toasts: Vec<Notification>) -> Vec<Notification> {
    while toasts.len() > TOASTS {
        let oldest = toasts.iter().rposition(|toast| !toast.intent.stays());
        // The one that has just come is always seen.
        let oldest = oldest.filter(|index| *index > 0);
        toasts.remove(oldest.unwrap_or(toasts.len() - 1));
    }
    toasts
}

#[component]
fn OneToast(toast: Notification) -> impl IntoView {
    let notifications = use_notifications();
    let dismiss = Callback::new(move |()| notifications.dismiss_toast(toast.id));
    let actions = move || {
        toast.link.map(|target| {
            view! { <a href=link(&target.path) on:click=move |_| dismiss.run(())>{target.label}</a> }
        })
    };
    let time = format!("{} UTC", text::time_of_day(toast.at));
    view! {
        <Toast
            intent=intent(toast.intent)
            title=toast.title
            body=toast.body
            time=move || time
            actions
            on_dismiss=dismiss
        />
    }
}

fn intent(intent: Intent) -> ToastIntent {
    match intent {
        Intent::Info => ToastIntent::Initiated,
        Intent::Success => ToastIntent::Completed,
        Intent::Warning => ToastIntent::Warning,
        Intent::Error => ToastIntent::Failed,
    }
}

#[cfg(test)]
mod tests {
    use arm_core::Timestamp;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn three_are_shown_and_failures_stay_among_them() {
        use Intent::{Error, Info, Success};
        // The newest first; each is told by its place.
        for (intents, expected) in [
            (vec![Info, Info], vec![0, 1]),
            (vec![Info, Info, Success, Info], vec![0, 1, 2]),
            (vec![Info, Info, Success, Error], vec![0, 1, 3]),
            (vec![Info, Success, Error, Error, Error], vec![0, 2, 3]),
            (vec![Error, Error, Error, Error], vec![0, 1, 2]),
        ] {
            let toasts = intents.iter().enumerate().map(|(place, intent)| Notification {
                id: Uuid::from_u128(place as u128),
                about: None,
                intent: *intent,
                title: String::new(),
                body: String::new(),
                link: None,
                at: Timestamp::UNIX_EPOCH,
                is_read: false,
            });
            let shown: Vec<u128> = shown(toasts.collect())
                .iter()
                .map(|toast| toast.id.as_u128())
                .collect();
            assert_eq!(shown, expected, "{intents:?}");
        }
    }
}
