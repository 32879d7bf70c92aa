//! What a job is about: its instance, its recovery point, where it goes, and what support asks for.

use arm_client::data_protection::{BackupJob, DatasourceKind};
use arm_core::{ResourceId, Timestamp};

use super::{Page, target::Target};
use crate::{
    code,
    components::{CopyButton, Moment, ShowAsCode},
    location::link,
    pages::jobs::{
        row::{Row, UNKNOWN},
        table::trigger,
    },
    prelude::*,
    routes,
    services::use_services,
    ui::{changing::view_of, disclosure::Disclosure},
};

/// Facts as keys and values, in two columns where there is room.
#[component]
pub fn About(page: Page, job: Signal<BackupJob>) -> impl IntoView {
    // Made anew only where something of it has changed: links keep the focus while the job runs.
    let known = Memo::new(move |_| {
        let mut job = job.get();
        (job.transferred, job.tasks) = (None, vec![]);
        job
    });
    let facts = view_of(move || known.with(facts));
    let id = page.id.with_value(|id| id.as_str().to_owned());
    let origin = use_services().config.arm.clone();
    let samples = page.id.with_value(|id| code::job(&origin, id));
    let activity = view_of(move || {
        let id = known.with(|job| job.activity_id.clone());
        id.map(|id| copied("Activity ID", "Copy activity ID", id))
            .into_any()
    });
    view! {
        <section class="instance-section job-section" aria-labelledby="job-about">
            <h2 id="job-about">"About this job"</h2>
            {facts}
            <Disclosure summary="IDs" note="for support and scripts">
                {copied("Job ID", "Copy job ID", page.id.with_value(|id| id.name().to_owned()))}
                {copied("Resource ID", "Copy resource ID", id)}
                {activity}
            </Disclosure>
            <ShowAsCode label="Read this job" samples=Signal::stored(samples) />
        </section>
    }
}

fn copied(key: &'static str, label: &'static str, id: String) -> AnyView {
    view! {
        <p class="backup-id">
            <span class="caption">{key}</span>
            <code>{id.clone()}</code>
            <CopyButton label text=id small=true />
        </p>
    }
    .into_any()
}

fn facts(job: &BackupJob) -> AnyView {
    let row = Row::from(job);
    let ended = match job.ended {
        None if row.is_to_be_followed() => "Not yet".into_any(),
        ended => moment(ended),
    };
    let fact =
        |key: &'static str, value: AnyView| view! { <div><dt>{key}</dt><dd>{value}</dd></div> }.into_any();
    let known = |key, value: Option<String>| value.map(|value| fact(key, value.into_any()));
    let is_restore = Target::of(job).is_some() || job.recovery_point_id.is_some();
    let recovery_point = is_restore.then(|| fact("Recovery point", point(job)));
    view! {
        <dl class="instance-about">
            {fact("Datasource", datasource(job, &row.source))}
            {fact("Backup instance", instance(job))}
            {fact("Backup vault", vault(job))}
            {fact("Started (UTC)", moment(job.started))}
            {fact("Ended (UTC)", ended)}
            {fact("Triggered by", trigger(job.is_user_triggered).into_any())}
            {recovery_point}
            {target(job).into_iter().map(|(key, value)| fact(key, value)).collect_view()}
            {known("Retention tag", job.tag.clone())}
            {known("Policy", job.policy_name.clone())}
        </dl>
    }
    .into_any()
}

fn moment(at: Option<Timestamp>) -> AnyView {
    match at {
        Some(at) => view! { <Moment at /> }.into_any(),
        None => UNKNOWN.into_any(),
    }
}

fn datasource(job: &BackupJob, name: &str) -> AnyView {
    let kind = job.source_type.as_deref().and_then(DatasourceKind::of);
    let server = job.source.as_ref();
    match server.filter(|_| kind == Some(DatasourceKind::FlexibleServer)) {
        Some(server) => view! { <a href=link(&routes::backups(server))>{name.to_owned()}</a> }.into_any(),
        None => name.to_owned().into_any(),
    }
}

fn instance(job: &BackupJob) -> AnyView {
    let Some(instance) = &job.instance else {
        return UNKNOWN.into_any();
    };
    linked(routes::instance(instance), instance)
}

fn vault(job: &BackupJob) -> AnyView {
    match job.id.parent() {
        Some(vault) => linked(Some(routes::vault(&vault)), &vault),
        None => UNKNOWN.into_any(),
    }
}

fn linked(path: Option<String>, to: &ResourceId) -> AnyView {
    let name = to.name().to_owned();
    match path {
        Some(path) => view! { <a href=link(&path)>{name}</a> }.into_any(),
        None => name.into_any(),
    }
}

/// When what is restored was taken; its id, which is what a restore is asked for with.
fn point(job: &BackupJob) -> AnyView {
    let id = job.recovery_point_id.clone().map(|id| {
        view! { " " <CopyButton label="Copy recovery point ID" text=id icon_only=true small=true /> }
    });
    view! { {moment(job.recovery_point_time)} {id} }.into_any()
}

fn target(job: &BackupJob) -> Vec<(&'static str, AnyView)> {
    match Target::of(job) {
        Some(Target::Files { container, prefix }) => {
            let name = format!("{} / {}", container.account(), container.container);
            let url = container.to_string();
            let copy = view! { " " <CopyButton label="Copy container URL" text=url.clone() icon_only=true small=true /> };
            vec![
                (
                    "Target container",
                    view! { <span title=url>{name}</span> {copy} }.into_any(),
                ),
                ("File prefix", view! { <code>{prefix}</code> }.into_any()),
            ]
        }
        Some(Target::Database(database)) => {
            let server = database.parent().map(|server| format!(" on {}", server.name()));
            let words = format!("{}{}", database.name(), server.unwrap_or_default());
            vec![(
                "Target database",
                view! { <span title=database.to_string()>{words}</span> }.into_any(),
            )]
        }
        Some(Target::Other(other)) => vec![("Target", other.into_any())],
        None => vec![],
    }
}
