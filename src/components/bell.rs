//! The bell's panel: what runs, and what was said.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    components::{LazyView, frame_state::BellPanel},
    hooks::use_now,
    lazy::lazy,
    location::link,
    stores::{
        notifications::{Intent, Notification, use_notifications},
        operations::{JournalStorage, Operation, OperationState, use_operations},
    },
    text,
    ui::{
        changing::view_if,
        icon::{Icon, IconName},
        names::with_names,
        pane::Pane,
        progress::{ProgressBar, Spinner},
    },
};

/// The panel; opening it marks everything as seen.
#[component]
pub fn Bell() -> impl IntoView {
    let BellPanel(is_open) = expect_context();
    view_if(is_open, || {
        view! { <LazyView load=Box::new(|| Box::pin(bell_pane())) around=Box::new(in_panel) /> }.into_any()
    })
}

/// The panel while what it holds is not there yet; the bell that opened it closes it too.
fn in_panel(content: AnyView) -> AnyView {
    view! { <div class="pane bell-panel">{content}</div> }.into_any()
}

lazy! {
    operations: fn bell_pane() -> AnyView {
        view! { <BellPane /> }.into_any()
    }
}

#[component]
fn BellPane() -> impl IntoView {
    let BellPanel(is_open) = expect_context();
    let notifications = use_notifications();
    let on_close = Callback::new(move |()| {
        notifications.mark_read();
        is_open.set(false);
    });
    view! {
        <Pane title="Notifications" class="pane bell-panel" on_close>
            <BellEntries />
        </Pane>
    }
}

#[component]
fn BellEntries() -> impl IntoView {
    let (operations, notifications) = (use_operations(), use_notifications());
    let running = move || {
        operations
            .all()
            .into_iter()
            .filter(|operation| !operation.has_ended())
            .collect::<Vec<_>>()
    };
    let said = notifications.all();
    let kept = match operations.storage() {
        JournalStorage::Kept => "Running operations are kept in this browser; you may close the tab.",
        JournalStorage::Refused => {
            "This browser refuses storage: what is running is forgotten here when the tab closes. Azure goes on with it."
        }
    };
    view! {
        <Show when=move || !running().is_empty()>
            <h3 class="bell-heading">"Running"</h3>
            <ul class="bell-list" role="list">
                <For each=running key=|operation| operation.id children=|operation| view! { <Running operation /> } />
            </ul>
        </Show>
        <Show when=move || running().is_empty() && said.with(Vec::is_empty)>
            <p class="bell-note">"Nothing has happened yet."</p>
        </Show>
        <Show when=move || said.with(|said| !said.is_empty())>
            <h3 class="bell-heading">"Since the page was opened"</h3>
            <ul class="bell-list" role="list">
                <For each=move || said.get() key=|said| said.id children=|said| view! { <Said said /> } />
            </ul>
        </Show>
        <p class="bell-note">{kept}</p>
    }
}

#[component]
fn Running(operation: Operation) -> impl IntoView {
    let operations = use_operations();
    let now = use_now();
    let id = operation.id;
    let started = operation.started;
    let for_how_long = move || text::duration((now.get() - started).to_std().unwrap_or(Duration::ZERO));
    let is_unknown = move || {
        operations
            .get(id)
            .is_some_and(|entry| entry.progress == OperationState::Unknown)
    };
    let words = operation.initiated();
    let body = words.body.clone();
    let sentence = move || {
        if is_unknown() {
            operation.unknown().body
        } else {
            body.clone()
        }
    };
    view! {
        <li class="bell-entry">
            <Spinner size=20 />
            <p class="bell-title">{words.title}</p>
            <p class="bell-body">{move || with_names(&sentence())}</p>
            <ProgressBar label=words.title />
            <div class="bell-footer">
                <button class="button button-small" type="button" on:click=move |_| operations.check_again(id)>
                    "Check again"
                </button>
                <span class="bell-time">{for_how_long}</span>
            </div>
        </li>
    }
}

#[component]
fn Said(said: Notification) -> impl IntoView {
    let (icon, class) = match said.intent {
        Intent::Info => (IconName::Info, "icon-accent"),
        Intent::Success => (IconName::CheckmarkCircle, "icon-ok"),
        Intent::Warning => (IconName::Warning, "icon-warning"),
        Intent::Error => (IconName::DismissCircle, "icon-error"),
    };
    let is_unread = !said.is_read;
    view! {
        <li class="bell-entry" class=("bell-entry-unread", is_unread)>
            <span class=class><Icon name=icon size=20 /></span>
            <p class="bell-title">{said.title.clone()}</p>
            <p class="bell-body">{with_names(&said.body)}</p>
            <div class="bell-footer">
                {said.link.map(|target| view! { <a href=link(&target.path)>{target.label}</a> })}
                <span class="bell-time">{format!("{} UTC", text::time_of_day(said.at))}</span>
            </div>
        </li>
    }
}
