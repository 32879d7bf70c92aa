//! The *Take backup* pane.

use arm_client::{Backup, FlexibleServer};
use arm_core::ResourceId;
use leptos::prelude::*;

use super::{
    name,
    row::{Kind, rows},
};
use crate::{
    components::{BELOW_A_PANE, Refusal},
    findings::MOST_ON_DEMAND,
    hooks::{AsyncOperationState, Reading, use_async_operation},
    services::use_services,
    text,
    ui::{
        button::{Button, ButtonAppearance},
        confirm_dialog::ConfirmDialog,
        pane::Pane,
        text_field::TextField,
    },
};

/// One field, prefilled; *Trigger* asks for the backup and the pane closes once Azure has taken the request.
#[component]
pub fn TakeBackup(
    server: StoredValue<ResourceId>,
    details: Reading<FlexibleServer>,
    backups: Reading<Vec<Backup>>,
    on_close: Callback<()>,
) -> impl IntoView {
    let clock = use_services().page_clock.clone();
    let now = clock.now();
    let taken = Memo::new(move |_| {
        backups
            .data
            .with(|backups| names(backups.as_deref().unwrap_or_default()))
    });
    let suggested = taken.with_untracked(|taken| name::suggest(now, taken));
    let value = RwSignal::new(suggested.clone());
    let judged = Memo::new(move |_| value.with(|text| taken.with(|taken| name::judge(text, taken))));
    let is_list_known = Signal::derive(move || backups.data.with(Option::is_some));
    let success = Signal::derive(move || {
        let is_free = is_list_known.get() && judged.with(Result::is_ok);
        is_free.then(|| "No backup of this server has this name.".to_owned())
    });

    let operation = use_async_operation();
    let is_requesting = Signal::derive(move || operation.state.get() == AsyncOperationState::Requesting);
    let trigger = Callback::new(move |()| {
        if let Ok(name) = judged.get_untracked() {
            operation
                .take_backup
                .run((server.get_value(), name, taken.get_untracked()));
        }
    });
    // What is followed from now on is shown in the list and in the bell, not here.
    Effect::new(move |_| {
        let is_followed = matches!(
            operation.state.get(),
            AsyncOperationState::Running
                | AsyncOperationState::Completed
                | AsyncOperationState::Failed
                | AsyncOperationState::Unknown
        );
        if is_followed {
            on_close.run(());
        }
    });
    let is_asking = RwSignal::new(false);
    let ask = Callback::new(move |()| {
        if value.with_untracked(|text| *text == suggested) {
            on_close.run(());
        } else {
            is_asking.set(true);
        }
    });
    let refusal = move || {
        let is_refused = operation.state.get() == AsyncOperationState::Refused;
        is_refused.then(|| operation.problem.get()).flatten()
    };
    view! {
        <Pane
            title="Take backup"
            on_close=ask
            on_submit=trigger
            inert=BELOW_A_PANE
            footer=move || {
                view! {
                    <Button
                        appearance=ButtonAppearance::Primary
                        busy=is_requesting
                        disabled_reason=Signal::derive(move || judged.with(|judged| judged.as_ref().err().cloned()))
                        on_click=trigger
                    >
                        "Trigger"
                    </Button>
                    <Button on_click=ask>"Cancel"</Button>
                }
            }
        >
            <p>"A full backup of the whole server. It is kept with the automatic ones and deleted by retention."</p>
            <TextField
                label="Backup name"
                value
                required=true
                hint="Letters, digits, hyphen, underscore and full stop."
                error=Signal::derive(move || judged.with(|judged| judged.as_ref().err().cloned()))
                success
                max_length=name::LONGEST
            />
            {move || refusal().map(|problem| view! { <Refusal title="The backup was not started" problem /> })}
            <AboutIt server details backups />
        </Pane>
        <Show when=move || is_asking.get()>
            <ConfirmDialog
                title="Leave without saving?"
                act="Leave"
                cancel="Stay"
                destructive=true
                on_confirm=on_close
                on_cancel=Callback::new(move |()| is_asking.set(false))
            >
                "What you typed here is lost."
            </ConfirmDialog>
        </Show>
    }
}

/// What is known before the act.
#[component]
fn AboutIt(
    server: StoredValue<ResourceId>,
    details: Reading<FlexibleServer>,
    backups: Reading<Vec<Backup>>,
) -> impl IntoView {
    let now = use_services().page_clock.now();
    let kept_until = move || {
        let days = details
            .data
            .with(|details| details.as_ref().and_then(|details| details.backup_retention_days));
        days.map_or_else(
            || "Unknown".to_owned(),
            |days| {
                let until = now + chrono::TimeDelta::days(days.into());
                format!(
                    "{}, {} as set on the server",
                    text::long_date(until),
                    text::count(days as usize, "day")
                )
            },
        )
    };
    let kept = move || {
        let kept = backups.data.with(|backups| {
            let rows = rows(backups.as_ref()?, None);
            Some(rows.iter().filter(|row| row.kind == Kind::OnDemand).count() + 1)
        });
        kept.map_or_else(
            || "Unknown".to_owned(),
            |kept| format!("{kept} of {MOST_ON_DEMAND}, with this one"),
        )
    };
    view! {
        <dl class="pane-facts">
            <div><dt>"Server"</dt><dd>{server.get_value().name().to_owned()}</dd></div>
            <div><dt>"Kept until"</dt><dd>{kept_until}</dd></div>
            <div><dt>"On-demand kept"</dt><dd>{kept}</dd></div>
            <div><dt>"Duration"</dt><dd>"A few minutes. You may close this tab."</dd></div>
        </dl>
    }
}

fn names(backups: &[Backup]) -> Vec<String> {
    backups.iter().map(|backup| backup.name.clone()).collect()
}
