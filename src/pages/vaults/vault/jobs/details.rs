//! All that is known of one job: the list leaves out its parts and its errors' words.

use arm_client::{
    ArmError, ServiceError,
    data_protection::{BackupJob, JobStatus, JobTask},
};
use arm_core::{ResourceId, Timestamp};

use super::{
    row::{State, rows},
    table::{duration, trigger},
};
use crate::{
    components::{BELOW_A_PANE, CopyButton, Moment, ProblemDetails, ReadingView},
    hooks::use_reading,
    location::link,
    pages::vaults::{list_bar::again_while, vault::Vault},
    prelude::*,
    problem::Problem,
    routes,
    services::use_arm,
    ui::{
        button::Button,
        changing::view_of,
        message_bar::{MessageBar, MessageIntent},
        pane::Pane,
        status::Status,
    },
};

/// A pane beside the list; what runs goes on in it.
#[component]
pub fn Details(vault: Vault, name: String, on_close: Callback<()>) -> impl IntoView {
    let job = vault.id.with_value(|id| id.child("backupJobs", &name));
    let Ok(job) = job else {
        return view! {
            <Pane title="Job" on_close inert=BELOW_A_PANE>
                <p>"There is no such job. The link is wrong."</p>
            </Pane>
        }
        .into_any();
    };
    let (arm, id) = (use_arm(), StoredValue::new(job));
    let reading = use_reading(move || {
        let protection = arm.data_protection();
        async move { protection.job(&id.get_value()).await }
    });
    let is_running = Memo::new(move |_| {
        let has_ended = |job: &BackupJob| job.status.as_ref().and_then(JobStatus::has_ended);
        reading
            .data
            .with(|job| job.as_ref().and_then(has_ended) == Some(false))
    });
    again_while(is_running, reading.again);
    let title = Signal::derive(move || {
        let operation = reading
            .data
            .with(|job| job.as_ref().and_then(|job| job.operation.clone()));
        operation.unwrap_or_else(|| "Job".to_owned())
    });
    let view = Callback::new(move |job: Signal<BackupJob>| view_of(move || job.with(facts)));
    view! {
        <Pane
            title
            on_close
            inert=BELOW_A_PANE
            footer=move || view! { <Button on_click=on_close>"Close"</Button> }
        >
            <ReadingView reading what="job" view />
        </Pane>
    }
    .into_any()
}

fn facts(job: &BackupJob) -> AnyView {
    let Some(row) = rows(std::slice::from_ref(job)).pop() else {
        return ().into_any();
    };
    let moment = |at: Option<Timestamp>, otherwise: &'static str| match at {
        Some(at) => view! { <Moment at /> }.into_any(),
        None => otherwise.into_any(),
    };
    let not_ended = if row.state == State::Running {
        "Not yet"
    } else {
        "Unknown"
    };
    let (kind, word) = (row.state.kind(), row.word.clone());
    let id = job.id.as_str().to_owned();
    let destination = job
        .destination
        .clone()
        .map(|destination| view! { <div><dt>"Destination"</dt><dd>{destination}</dd></div> });
    let tag = job
        .tag
        .clone()
        .map(|tag| view! { <div><dt>"Retention tag"</dt><dd>{tag}</dd></div> });
    view! {
        {job.errors.iter().map(|error| said(error, row.state)).collect_view()}
        {job.warnings.iter().map(|warning| said(warning, State::Warned)).collect_view()}
        <dl class="pane-facts">
            <div><dt>"State"</dt><dd><Status kind>{word}</Status></dd></div>
            <div><dt>"Datasource"</dt><dd>{row.source.clone()}</dd></div>
            <div><dt>"Backup instance"</dt><dd>{instance(job.instance.as_ref())}</dd></div>
            <div><dt>"Started (UTC)"</dt><dd>{moment(job.started, "Unknown")}</dd></div>
            <div><dt>"Ended (UTC)"</dt><dd>{moment(job.ended, not_ended)}</dd></div>
            <div><dt>"Duration"</dt><dd>{duration(&row)}</dd></div>
            <div><dt>"Triggered by"</dt><dd>{trigger(&row)}</dd></div>
            {tag} {destination}
        </dl>
        {tasks(&job.tasks)}
        <p class="backup-id">
            <span class="caption">"Resource ID"</span>
            <code>{id.clone()}</code>
            <CopyButton label="Copy resource ID" text=id small=true />
        </p>
    }
    .into_any()
}

fn instance(instance: Option<&ResourceId>) -> AnyView {
    let Some(instance) = instance else {
        return "Unknown".into_any();
    };
    let name = instance.name().to_owned();
    match routes::instance(instance) {
        Some(path) => view! { <a href=link(&path)>{name}</a> }.into_any(),
        None => name.into_any(),
    }
}

/// The parts of the job, as Azure names them.
fn tasks(tasks: &[JobTask]) -> AnyView {
    if tasks.is_empty() {
        return ().into_any();
    }
    let task = |task: &JobTask| {
        let (state, word) = State::of(task.status.as_ref());
        let progress = task.progress.clone();
        view! {
            <tr>
                <th scope="row">{task.name.clone()}</th>
                <td><Status kind=state.kind()>{word}</Status></td>
                <td>{progress}</td>
            </tr>
        }
    };
    view! {
        <section class="policy-part" aria-label="Parts of the job">
            <h3>"Parts"</h3>
            <div class="table-card">
                <table class="table policy-table">
                    <thead>
                        <tr>
                            <th scope="col">"Part"</th>
                            <th scope="col">"State"</th>
                            <th scope="col">"Progress"</th>
                        </tr>
                    </thead>
                    <tbody>{tasks.iter().map(task).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// What Azure says of its end, in Azure's words.
fn said(error: &ServiceError, state: State) -> AnyView {
    let (intent, title) = match state {
        State::Cancelled => (MessageIntent::Warning, "The job was cancelled"),
        State::Completed | State::Warned => (MessageIntent::Warning, "The job ended with a warning"),
        State::Running | State::Failed | State::Other => (MessageIntent::Error, "The job failed"),
    };
    let problem = Problem::in_full(&ArmError::OperationFailed(Box::new(error.clone())));
    view! {
        <MessageBar intent stacked=true title>
            <p>{problem.reason.clone()} " " {problem.advice.clone()}</p>
            <ProblemDetails problem />
        </MessageBar>
    }
    .into_any()
}
