//! The *Start long-term backup* pane.

use std::time::Duration;

use arm_client::{
    FlexibleServer,
    postgres::long_term_retention::{LongTermBackupName, PreCheck, expected_duration},
    storage::{Cloud, SasUri},
};
use leptos::{html, prelude::*};

use super::{container_field::ContainerField, list::List, name, sas, sas::Measure};
use crate::{
    code,
    components::{BELOW_A_PANE, Findings, Refusal, ShowAsCode},
    config,
    findings::{self, Severity},
    hooks::{AsyncOperationState, Reading, use_async_operation, use_reading, use_rested},
    problem::Problem,
    services::use_services,
    text,
    ui::{
        button::{Button, ButtonAppearance},
        changing::{view_if, view_of},
        confirm_dialog::ConfirmDialog,
        focus::focus,
        pane::Pane,
        progress::Spinner,
        text_field::TextField,
    },
};

/// How long a backup is taken to last where no earlier one of the server tells.
const USUAL: Duration = Duration::from_secs(3600);

/// How many containers can be given here; one is what Azure was seen to ask for (reference A3).
const MOST_CONTAINERS: usize = 16;

/// A name and a SAS URI for each container; *Start* asks for the backup and the pane closes once Azure has taken it.
#[component]
pub fn StartBackup(list: List, details: Reading<FlexibleServer>, on_close: Callback<()>) -> impl IntoView {
    let services = use_services();
    let clock = StoredValue::new_local(services.page_clock.clone());
    let taken = Memo::new(move |_| {
        let names = |rows: &Vec<super::row::Row>| rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>();
        list.rows.with(names)
    });
    let suggested = taken.with_untracked(|taken| name::suggest(clock.get_value().now(), taken));
    let value = RwSignal::new(suggested.clone());
    let judge = move |text: &str| taken.with(|taken| name::judge(text, taken));
    let judged = Memo::new(move |_| value.with(|text| judge(text)));
    let (rested, judge_now) = use_rested(value);
    let error = Signal::derive(move || rested.with(|text| judge(text).err()));

    let check = use_pre_check(list, suggested.clone());
    let needed = Memo::new(move |_| {
        let count = check
            .data
            .with(|check| check.as_ref().map(|check| check.number_of_containers));
        count.and_then(|count| usize::try_from(count).ok())
    });
    let values: Vec<RwSignal<String>> = (0..MOST_CONTAINERS)
        .map(|_| RwSignal::new(String::new()))
        .collect();
    let values = StoredValue::new(values);
    let texts = move || -> Vec<String> {
        let shown = needed.get().unwrap_or_default().min(MOST_CONTAINERS);
        values.with_value(|values| values[..shown].iter().map(|value| value.get()).collect())
    };
    let cloud = cloud_of(services.config.cloud);
    let earlier = Memo::new(move |_| {
        list.reading
            .data
            .with(|backups| backups.as_deref().and_then(expected_duration))
    });
    let measure = Signal::derive(move || Measure {
        now: clock.get_value().now(),
        expected: earlier.get().unwrap_or(USUAL),
        cloud,
    });

    let found = Memo::new(move |before: Option<&Vec<findings::Finding>>| {
        let now = details
            .data
            .with(|server| findings::long_term_backup(server.as_ref()));
        findings::with_mended(before.map(Vec::as_slice).unwrap_or_default(), now)
    });
    let reason_not_to = Signal::derive(move || {
        let blocking = found.with(|found| {
            let blocking = found
                .iter()
                .find(|finding| finding.severity == Severity::Blocks)?;
            Some(format!("{}.", blocking.title))
        });
        let name = judged.with(|judged| judged.as_ref().err().cloned());
        let checked = match needed.get() {
            Some(count) if count > MOST_CONTAINERS => Some(format!(
                "Azure asks for {count} containers, and {MOST_CONTAINERS} can be given here. Use the code below."
            )),
            Some(_) => None,
            None if check.problem.with(Option::is_some) => Some("The pre-check was not passed.".to_owned()),
            None => Some("Azure has not answered the pre-check yet.".to_owned()),
        };
        name.or(blocking)
            .or(checked)
            .or_else(|| sas::reason_not_to(&texts(), measure.get()))
    });

    let (field, first) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let operation = use_async_operation();
    let state = operation.state;
    let is_requesting = Signal::derive(move || state.get() == AsyncOperationState::Requesting);
    let forget = move || values.with_value(|values| values.iter().for_each(|value| value.set(String::new())));
    let start = Callback::new(move |()| {
        judge_now.run(());
        match judged.get_untracked() {
            Ok(name) if reason_not_to.with_untracked(Option::is_none) && !is_requesting.get_untracked() => {
                let uris = untrack(texts)
                    .iter()
                    .filter_map(|text| text.parse::<SasUri>().ok())
                    .collect();
                // From here on they are in the request only.
                forget();
                operation
                    .back_up_long_term
                    .run((list.server.get_value(), name, uris));
            }
            Ok(_) => focus_field(first),
            Err(_) => focus_field(field),
        }
    });
    Effect::new(move |_| {
        let is_followed = matches!(
            state.get(),
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
    let suggested = StoredValue::new(suggested);
    let ask = Callback::new(move |()| {
        if is_requesting.get_untracked() {
            return;
        }
        let is_name_changed =
            value.with_untracked(|text| suggested.with_value(|suggested| text != suggested));
        let is_sas_typed = values.with_value(|values| {
            values
                .iter()
                .any(|value| value.with_untracked(|text| !text.is_empty()))
        });
        if is_name_changed || is_sas_typed {
            is_asking.set(true);
        } else {
            on_close.run(());
        }
    });
    let on_fix = Callback::new(move |_| details.again.run(()));

    let origin = StoredValue::new(services.config.arm.clone());
    let samples = Signal::derive(move || {
        let name = value.with(|text| text.parse::<LongTermBackupName>());
        let containers = needed.get().unwrap_or(1);
        name.map_or_else(
            |_| Vec::new(),
            |name| {
                let server = list.server.get_value();
                origin.with_value(|origin| code::start_long_term_backup(origin, &server, &name, containers))
            },
        )
    });
    let refusal = move || {
        view_of(move || {
            let is_refused = state.get() == AsyncOperationState::Refused;
            match operation.problem.get().filter(|_| is_refused) {
                Some(problem) => view! {
                    <Refusal title="The backup was not started" problem />
                    <p class="caption">"The SAS URIs were not kept. Paste them again before you start again."</p>
                }
                .into_any(),
                None => ().into_any(),
            }
        })
    };
    let fields = move || {
        view_of(move || {
            let Some(count) = needed.get() else {
                return pre_check(check);
            };
            let fields = values.with_value(|values| {
                let shown = values.iter().take(count).enumerate();
                shown
                    .map(|(index, value)| {
                        let node_ref = if index == 0 { first } else { NodeRef::new() };
                        view! { <ContainerField number=index + 1 value=*value measure node_ref /> }
                    })
                    .collect_view()
            });
            fields.into_any()
        })
    };
    let is_sent = Signal::derive(move || {
        is_requesting
            .get()
            .then(|| "The request is on its way.".to_owned())
    });
    view! {
        <Pane
            title="Start long-term backup"
            on_close=ask
            on_submit=start
            inert=BELOW_A_PANE
            footer=move || {
                view! {
                    <Button
                        appearance=ButtonAppearance::Primary
                        busy=is_requesting
                        disabled_reason=reason_not_to
                        on_click=start
                    >
                        "Start"
                    </Button>
                    <Button disabled_reason=is_sent on_click=ask>"Cancel"</Button>
                    <span class="pane-hint"><kbd>"Esc"</kbd> " closes"</span>
                }
            }
        >
            <p>
                "A copy of the server\u{2019}s data goes into containers of your own. No retention period of the server applies to it: it stays until you delete it there."
            </p>
            <TextField
                label="Backup name"
                value
                required=true
                hint="Letters and digits, with single hyphens between them."
                error
                max_length=name::LONGEST
                node_ref=field
            />
            {refusal()}
            <Findings label="Checks before the backup" findings=found on_fix />
            {fields()}
            <p class="caption">{move || how_long(earlier.get())}</p>
            <div class="pane-code"><ShowAsCode label="Start this backup" samples /></div>
        </Pane>
        {view_if(is_asking, move || {
            view! {
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
            }
            .into_any()
        })}
    }
}

/// Asks Azure, with the name that is suggested, what a backup needs; another name needs the same.
fn use_pre_check(list: List, name: String) -> Reading<PreCheck> {
    let arm = use_services().arm.clone();
    use_reading(move || {
        let retention = arm.long_term_retention(&list.server.get_value());
        let name = name.parse::<LongTermBackupName>();
        async move {
            match name {
                Ok(name) => retention.pre_check(&name).await,
                Err(_) => std::future::pending().await,
            }
        }
    })
}

/// While Azure has not said how many containers it needs, or has refused to.
fn pre_check(check: Reading<PreCheck>) -> AnyView {
    view_of(move || {
        let problem = check.problem.with(|error| error.as_ref().map(Problem::in_full));
        match problem {
            Some(problem) => view! {
                <Refusal title="The pre-check was not passed" problem />
                <p><Button busy=check.is_loading on_click=check.again>"Check again"</Button></p>
            }
            .into_any(),
            None => view! {
                <p class="status"><Spinner size=16 /> "Azure is asked how many containers a backup needs."</p>
            }
            .into_any(),
        }
    })
}

fn how_long(earlier: Option<Duration>) -> String {
    match earlier {
        Some(earlier) => format!(
            "Earlier backups of this server took up to {}; the SAS has to last longer.",
            text::duration(earlier)
        ),
        None => "How long it takes is not known, since no earlier one of this server succeeded; the SAS should last at least a day.".to_owned(),
    }
}

fn cloud_of(cloud: config::Cloud) -> Cloud {
    match cloud {
        config::Cloud::Public | config::Cloud::Emulator => Cloud::Public,
        config::Cloud::UsGovernment => Cloud::UsGovernment,
        config::Cloud::China => Cloud::China,
    }
}

fn focus_field(field: NodeRef<html::Input>) {
    if let Some(field) = field.get_untracked() {
        focus(&field);
    }
}
