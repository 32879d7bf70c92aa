//! What the bell's panel holds: what runs, then what has ended, by day.

use std::time::Duration;

use uuid::Uuid;

use crate::{
    components::{
        bell_history::{Entry, by_day, history},
        frame_state::Panels,
    },
    hooks::use_now,
    lazy::lazy,
    location::link,
    prelude::*,
    session::use_session,
    stores::{
        notifications::{Intent, use_notifications},
        operations::{JournalStorage, OperationState, use_operations},
    },
    text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{text_of, view_if, view_of},
        focus::{focus, rendered},
        icon::{Icon, IconName},
        icon_button::IconButton,
        names::with_names,
        pane::Pane,
        progress::{ProgressBar, Spinner},
    },
};

/// How many entries are shown before *Show all*.
const FIRST: usize = 10;

lazy! {
    operations: pub fn bell_pane() -> AnyView {
        view! { <BellPane /> }.into_any()
    }
}

#[component]
fn BellPane() -> impl IntoView {
    let Panels { bell, .. } = expect_context();
    let (operations, notifications) = (use_operations(), use_notifications());
    let now = use_now();
    on_cleanup(move || notifications.mark_read());
    let entries = Memo::new(move |_| {
        let said = notifications.all();
        said.with(|said| history(&operations.all(), said))
    });
    let has_completed = Memo::new(move |_| entries.with(|all| all.iter().any(Entry::is_completed)));
    let dismiss = move |entry: &Entry| {
        if entry.is_operation {
            operations.dismiss(entry.id);
        }
        notifications.remove(&entry.said);
    };
    let dismiss_completed = Callback::new(move |()| {
        for entry in entries
            .get_untracked()
            .iter()
            .filter(|entry| entry.is_completed())
        {
            dismiss(entry);
        }
        request_animation_frame(|| focus_dismiss(0));
    });
    let dismiss_one = Callback::new(move |id: Uuid| {
        let all = entries.get_untracked();
        if let Some(index) = all.iter().position(|entry| entry.id == id) {
            dismiss(&all[index]);
            // Its button goes with it; the next one takes the focus.
            request_animation_frame(move || focus_dismiss(index));
        }
    });
    let shows_all = RwSignal::new(false);
    let days = Memo::new(move |_| {
        let mut shown = entries.get();
        if !shows_all.get() {
            shown.truncate(FIRST);
        }
        // The heads change at midnight, which nobody waits for.
        by_day(shown, now.get_untracked())
    });
    let running = Memo::new(move |_| {
        let all = operations.all().into_iter();
        let running = all.filter(|operation| !operation.has_ended());
        running.map(|operation| operation.id).collect::<Vec<_>>()
    });
    let is_empty = Memo::new(move |_| running.with(Vec::is_empty) && entries.with(Vec::is_empty));
    let has_running = Memo::new(move |_| running.with(|running| !running.is_empty()));
    let kept = match operations.storage() {
        JournalStorage::Kept => "Kept in this browser for 30 days.",
        JournalStorage::Refused if use_session().source().is_some() => {
            "What is shown here is forgotten when this page closes: the page around the portal does not say who you are, or the browser refuses storage. What runs goes on in Azure."
        }
        JournalStorage::Refused => {
            "This browser refuses storage: what is shown here is forgotten when the tab closes. What runs goes on in Azure."
        }
    };
    let locks = operations
        .asks_for_itself()
        .then_some(" This browser refuses locks: with several tabs open each asks Azure, and says the same.");
    let title_end = move || {
        view_if(has_completed, move || {
            view! {
                <Button appearance=ButtonAppearance::Subtle small=true on_click=dismiss_completed>"Dismiss completed"</Button>
            }
            .into_any()
        })
    };
    view! {
        <Pane
            title="Notifications"
            class="pane bell-panel"
            starts_at_close=true
            title_end
            on_close=Callback::new(move |()| bell.set(false))
        >
            {view_if(has_running, move || {
                view! {
                    <h3 class="bell-heading">"Running"</h3>
                    <ul class="bell-list" role="list">
                        <For each=move || running.get() key=|id| *id children=move |id| view! { <Running id /> } />
                    </ul>
                }
                .into_any()
            })}
            <For
                each=move || days.get()
                key=|(day, _)| day.clone()
                children=move |(day, _)| view! { <Day day days dismiss=dismiss_one /> }
            />
            {view_if(is_empty, || view! { <p class="bell-note">"Nothing has happened yet."</p> }.into_any())}
            <p class="bell-note">
                {kept} {locks} " "
                {view_of(move || {
                    let number = entries.with(Vec::len);
                    if shows_all.get() || number <= FIRST {
                        return ().into_any();
                    }
                    view! {
                        <button class="link" type="button" on:click=move |_| shows_all.set(true)>
                            {format!("Show all {number}")}
                        </button>
                    }
                    .into_any()
                })}
            </p>
        </Pane>
    }
}

/// Puts the focus on the button that dismisses the entry of this number, or the last one, or on the panel's cross.
fn focus_dismiss(index: usize) {
    let Some(body) = document().body() else { return };
    let buttons = rendered(&body, ".bell-panel .bell-entry .button-icon-only");
    let cross = || {
        rendered(&body, ".bell-panel .pane-header .button-icon-only")
            .into_iter()
            .next()
    };
    if let Some(button) = buttons.get(index).or(buttons.last()).cloned().or_else(cross) {
        focus(&button);
    }
}

#[component]
fn Day(day: String, days: Memo<Vec<(String, Vec<Entry>)>>, dismiss: Callback<Uuid>) -> impl IntoView {
    let entries = {
        let day = day.clone();
        move || {
            days.with(|days| {
                let found = days.iter().find(|(other, _)| *other == day);
                found.map(|(_, entries)| entries.clone()).unwrap_or_default()
            })
        }
    };
    view! {
        <h3 class="bell-heading">{day}</h3>
        <ul class="bell-list" role="list">
            <For
                each=entries
                key=|entry| (entry.id, entry.title.clone(), entry.is_unread)
                children=move |entry| view! { <Ended entry dismiss /> }
            />
        </ul>
    }
}

#[component]
fn Running(id: Uuid) -> impl IntoView {
    let operations = use_operations();
    let now = use_now();
    let Some(operation) = operations.get(id) else {
        return ().into_any();
    };
    let started = operation.started;
    let for_how_long = move || text::duration((now.get() - started).to_std().unwrap_or(Duration::ZERO));
    let is_unknown = Memo::new(move |_| {
        let operation = operations.get(id);
        operation.is_some_and(|operation| operation.progress == OperationState::Unknown)
    });
    let words = move || {
        operations.get(id).map(|operation| {
            if is_unknown.get() {
                operation.unknown()
            } else {
                operation.initiated()
            }
        })
    };
    // It leads to the job once there is one.
    let page = Memo::new(move |_| {
        operations
            .get(id)
            .map(|operation| operation.page())
            .unwrap_or_default()
    });
    let percent = Signal::derive(move || match operations.get(id)?.progress {
        OperationState::Running { percent, .. } => percent,
        _ => None,
    });
    let title = Memo::new(move |_| words().map(|words| words.title).unwrap_or_default());
    let body = Memo::new(move |_| words().map(|words| words.body).unwrap_or_default());
    view! {
        <li class="bell-entry">
            {view_of(move || if is_unknown.get() {
                view! { <span class="icon-warning"><Icon name=IconName::Warning size=20 /></span> }.into_any()
            } else {
                view! { <Spinner size=20 /> }.into_any()
            })}
            <p class="bell-title">{text_of(move || title.get().to_owned())}</p>
            <p class="bell-body">{view_of(move || with_names(&body.get()).into_any())}</p>
            {view_of(move || view! { <ProgressBar label=title.get() percent /> }.into_any())}
            <div class="bell-footer">
                <a href=move || link(&page.get())>"Follow"</a>
                <button class="button button-small" type="button" on:click=move |_| operations.check_again(id)>
                    "Check again"
                </button>
                <span class="bell-time">{text_of(for_how_long)}</span>
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn Ended(entry: Entry, dismiss: Callback<Uuid>) -> impl IntoView {
    let (icon, class) = match entry.intent {
        Intent::Info => (IconName::Info, "icon-accent"),
        Intent::Success => (IconName::CheckmarkCircle, "icon-ok"),
        Intent::Warning => (IconName::Warning, "icon-warning"),
        Intent::Error => (IconName::DismissCircle, "icon-error"),
    };
    let id = entry.id;
    let label = format!("Dismiss {}", entry.title);
    let time = text::time_of_day(entry.at);
    view! {
        <li class="bell-entry" class=("bell-entry-unread", entry.is_unread)>
            <span class=class><Icon name=icon size=20 /></span>
            <p class="bell-title">
                {entry.is_unread.then(|| view! { <span class="visually-hidden">"New: "</span> })} {entry.title}
            </p>
            <IconButton icon=IconName::Dismiss label small=true on_click=Callback::new(move |()| dismiss.run(id)) />
            <p class="bell-body">{with_names(&entry.body)}</p>
            <div class="bell-footer">
                {entry.link.map(|target| view! { <a href=link(&target.path)>{target.label}</a> })}
                <time class="bell-time" datetime=entry.at.to_rfc3339()>
                    {format!("{} UTC", &time[..time.len() - 3])}
                </time>
            </div>
        </li>
    }
}
