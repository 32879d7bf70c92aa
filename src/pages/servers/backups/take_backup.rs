//! The *Take backup* pane.

use arm_client::{BackupName, FlexibleServer};
use arm_core::ResourceId;
use leptos::html;

use super::{about_backup::AboutBackup, backup_list::BackupList, name, row::Kind};
use crate::{
    code,
    components::{BELOW_A_PANE, Findings, LeaveQuestion, PaneButtons, Refusal, ShowAsCode},
    findings::{self, Finding, FixAct, Running, Severity, TakeBackupFacts},
    hooks::{AsyncOperationState, Reading, rights, use_async_operation, use_rested},
    prelude::*,
    problem::Problem,
    routes,
    services::use_services,
    stores::operations::{Act, OperationState, use_operations},
    ui::{
        changing::view_of,
        focus::{active_element, focus},
        pane::Pane,
        text_field::TextField,
    },
};

/// One field, prefilled; *Trigger* asks for the backup and the pane closes once Azure has taken the request.
#[component]
pub fn TakeBackup(
    server: StoredValue<ResourceId>,
    details: Reading<FlexibleServer>,
    backups: Reading<BackupList>,
    on_close: Callback<()>,
) -> impl IntoView {
    let now = use_services().page_clock.now();
    let running = use_running(server);
    let taken = Memo::new(move |_| {
        backups
            .data
            .with(|backups| backups.as_ref().map(names).unwrap_or_default())
    });
    let suggested = RwSignal::new(taken.with_untracked(|taken| name::suggest(now, taken)));
    let value = RwSignal::new(suggested.get_untracked());
    let judge = move |text: &str| {
        let being_taken: Vec<_> =
            running.with(|running| running.iter().map(|one| one.name.clone()).collect());
        taken.with(|taken| name::judge(text, taken, &being_taken))
    };
    // What is sent is judged at once, what is shown once the typing rests.
    let judged = Memo::new(move |_| value.with(|text| judge(text)));
    let (rested, judge_now) = use_rested(value);
    let shown = Memo::new(move |_| rested.with(|text| judge(text)));
    let error = Signal::derive(move || shown.with(|shown| shown.as_ref().err().cloned()));
    // The list may come after the pane, which is a link of its own.
    Effect::new(move |_| {
        let is_untouched =
            value.with_untracked(|value| suggested.with_untracked(|suggested| value == suggested));
        if is_untouched && judged.with(Result::is_err) {
            suggested.set(taken.with_untracked(|taken| name::suggest(now, taken)));
            value.set(suggested.get_untracked());
            judge_now.run(());
        }
    });
    let is_list_known = Signal::derive(move || backups.data.with(Option::is_some));
    let success = Signal::derive(move || {
        let is_free = is_list_known.get() && shown.with(Result::is_ok);
        is_free.then(|| "No backup of this server has this name.".to_owned())
    });

    let field = NodeRef::<html::Input>::new();
    let found = use_findings(server, details, backups, running, field);
    let reason_not_to = Signal::derive(move || {
        let blocking = found.with(|found| {
            let blocking = found
                .iter()
                .find(|finding| finding.severity == Severity::Blocks)?;
            Some(format!("{}.", blocking.title))
        });
        judged.with(|judged| judged.as_ref().err().cloned()).or(blocking)
    });
    let reason_not_to = rights().reason_or(crate::rights::Act::TakeBackup, reason_not_to);
    let operation = use_async_operation();
    let state = operation.state;
    let is_requesting = Signal::derive(move || state.get() == AsyncOperationState::Requesting);
    let trigger = Callback::new(move |()| {
        judge_now.run(());
        match judged.get_untracked() {
            Ok(name) if reason_not_to.with_untracked(Option::is_none) => {
                // What has been read in part says nothing about a name that is not in it.
                let all = |backups: &Option<BackupList>| {
                    let complete = backups.as_ref().filter(|backups| backups.is_complete());
                    complete.map(names)
                };
                let known_before = backups.data.with_untracked(all);
                operation
                    .take_backup
                    .run((server.get_value(), name, known_before));
            }
            Ok(_) => {}
            Err(_) => focus_field(field),
        }
    });
    // What is followed from now on is shown in the list and in the bell, not here.
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
    // While the request is on its way nobody can say whether it will be refused, and the pane has to tell.
    let ask = Callback::new(move |()| {
        if is_requesting.get_untracked() {
            return;
        }
        if value.with_untracked(|text| suggested.with_untracked(|suggested| text == suggested)) {
            on_close.run(());
        } else {
            is_asking.set(true);
        }
    });
    let on_fix = Callback::new(move |act| match act {
        FixAct::CheckAgain => {
            details.again.run(());
            backups.again.run(());
        }
        FixAct::ShowInList => {
            ask.run(());
            // Once the pane has gone.
            request_animation_frame(show_live_row);
        }
        // No rule of this act asks for these.
        // No finding of a backup asks for anything else.
        _ => {}
    });
    let refusal = move || {
        view_of(move || {
            let is_refused = state.get() == AsyncOperationState::Refused;
            match operation.problem.get().filter(|_| is_refused) {
                Some(problem) => view! { <Refusal title="The backup was not started" problem /> }.into_any(),
                None => ().into_any(),
            }
        })
    };
    let origin = StoredValue::new(use_services().config.arm.clone());
    let samples = Signal::derive(move || {
        let name = value.with(|text| text.parse::<BackupName>());
        name.map_or_else(
            |_| Vec::new(),
            |name| origin.with_value(|origin| code::take_backup(origin, &server.get_value(), &name)),
        )
    });
    view! {
        <Pane
            title="Take backup"
            on_close=ask
            on_submit=trigger
            inert=BELOW_A_PANE
            footer=move || {
                view! { <PaneButtons act="Trigger" on_act=trigger busy=is_requesting reason_not_to on_cancel=ask /> }
            }
        >
            <p>"A full backup of the whole server. It is kept with the automatic ones and deleted by retention."</p>
            <TextField
                label="Backup name"
                value
                required=true
                hint="Letters, digits, hyphen, underscore and full stop."
                error
                success
                max_length=name::LONGEST
                node_ref=field
            />
            {refusal()}
            <Findings label="Checks before the backup" findings=found on_fix />
            <AboutBackup server details backups running />
            <div class="pane-code"><ShowAsCode label="Take this backup" samples /></div>
        </Pane>
        <LeaveQuestion is_asking on_leave=on_close />
    }
}

/// The on-demand backups that this browser knows to be taken of the server, or to have been asked for.
fn use_running(server: StoredValue<ResourceId>) -> Memo<Vec<Running>> {
    let operations = use_operations();
    Memo::new(move |_| {
        let unfinished = operations.unfinished_on(&server.get_value()).into_iter();
        let taken = unfinished.filter(|operation| matches!(operation.act, Act::TakeBackup { .. }));
        // The one that this pane is asking for stands in nobody's way.
        let begun = taken.filter(|operation| operation.progress != OperationState::Sent);
        begun
            .map(|operation| Running {
                name: operation.act.backup_name().unwrap_or_default().to_owned(),
                since: operation.started,
                is_certain: operation.progress != OperationState::Unknown,
            })
            .collect()
    })
}

/// The findings as they are now, with those that were mended while the pane is open.
fn use_findings(
    server: StoredValue<ResourceId>,
    details: Reading<FlexibleServer>,
    backups: Reading<BackupList>,
    running: Memo<Vec<Running>>,
    field: NodeRef<html::Input>,
) -> Memo<Vec<Finding>> {
    let clock = StoredValue::new_local(use_services().page_clock.clone());
    let problem_of = |error: &Option<arm_client::ArmError>| error.as_ref().map(Problem::in_full);
    let found = Memo::new(move |before: Option<&Vec<Finding>>| {
        let (server_problem, backups_problem) =
            (details.problem.with(problem_of), backups.problem.with(problem_of));
        let details_read_at = details.read_at;
        let now = details.data.with(|details| {
            backups.data.with(|backups| {
                running.with(|running| {
                    findings::take_backup(&TakeBackupFacts {
                        server: details.as_ref(),
                        server_read_at: details_read_at.get(),
                        server_problem: server_problem.as_ref(),
                        on_demand: backups.as_ref().map(|backups| backups.number_of(Kind::OnDemand)),
                        backups_problem: backups_problem.as_ref(),
                        running,
                        on_demand_list: routes::on_demand_backups(&server.get_value()),
                        now: clock.get_value().now(),
                    })
                })
            })
        });
        findings::with_mended(before.map(Vec::as_slice).unwrap_or_default(), now)
    });
    // The button that mended a finding goes with it; Esc must still reach the pane.
    Effect::new(move |was_shown: Option<bool>| {
        found.track();
        if was_shown == Some(true) && active_element().is_none() {
            focus_field(field);
        }
        true
    });
    found
}

/// What is being taken is pinned on top of the list, which may have been scrolled.
fn show_live_row() {
    if let Ok(Some(row)) = document().query_selector(".row-live") {
        row.scroll_into_view_with_bool(false);
    }
}

fn focus_field(field: NodeRef<html::Input>) {
    if let Some(field) = field.get_untracked() {
        focus(&field);
    }
}

fn names(backups: &BackupList) -> Vec<String> {
    backups.names().map(str::to_owned).collect()
}
