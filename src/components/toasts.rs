//! The toasts at the top right, and the live regions that speak them.

use leptos::prelude::*;

use crate::{
    components::LazyView,
    lazy::lazy,
    location::link,
    stores::notifications::{Intent, Notification, use_notifications},
    text,
    ui::{
        changing::view_if,
        live_region::LiveRegion,
        toast::{Toast, ToastIntent, ToastRegion},
    },
};

/// The newest notifications, for a while.
#[component]
pub fn Toasts() -> impl IntoView {
    let notifications = use_notifications();
    let toasts = notifications.toasts();
    // Once there, the region stays: where it goes while somebody reads a toast, nobody would let the others age again.
    let is_wanted =
        Memo::new(move |before| before == Some(&true) || toasts.with(|toasts| !toasts.is_empty()));
    let latest = notifications.latest();
    let spoken = move |is_alert: bool| {
        Signal::derive(move || {
            let latest = latest
                .get()
                .filter(|latest| (latest.intent == Intent::Error) == is_alert);
            latest
                .map(|latest| format!("{}: {}", latest.title, latest.body))
                .unwrap_or_default()
        })
    };
    view! {
        <LiveRegion status=spoken(false) alert=spoken(true) />
        {view_if(is_wanted, || {
            view! { <LazyView load=Box::new(|| Box::pin(toast_list())) around=Box::new(in_region) rows=0 /> }.into_any()
        })}
    }
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
            <For each=move || toasts.get() key=|toast| toast.id children=move |toast| view! { <OneToast toast /> } />
        </ToastRegion>
    }
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
