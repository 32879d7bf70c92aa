//! Which databases there are commands for, as far as that can be known: no page can list the files.

use arm_client::{ArmError, postgres::FlexibleDatabase};
use arm_core::ResourceId;

use crate::{
    hooks::{Reading, use_reading},
    prelude::*,
    problem::Problem,
    restore_kit::{Skipped as SkippedDatabase, skipped_databases},
    routes::FLEXIBLE_SERVER,
    services::use_arm,
    ui::changing::view_of,
};

/// The names of databases.
#[derive(Clone, Copy)]
pub struct Names {
    /// Those for which there are commands: of the server as it is now, and what was added.
    pub shown: Memo<Vec<String>>,
    /// Those that the user has added.
    pub added: RwSignal<Vec<String>>,
    /// Those that are in no backup.
    pub skipped: Memo<Vec<SkippedDatabase>>,
    /// Where they come from, or why they are not known.
    pub source: Signal<String>,
}

/// Reads the databases of the server that was backed up.
pub fn use_names(source: Option<ResourceId>) -> Names {
    let added = RwSignal::new(Vec::<String>::new());
    let is_server = |id: &ResourceId| {
        let kind = id.resource_type();
        kind.is_some_and(|kind| kind.eq_ignore_ascii_case(FLEXIBLE_SERVER))
    };
    let server = source.clone().filter(is_server);
    let known = server.clone().map(read);
    // What was backed up of a legacy server is one database.
    let single = source
        .filter(|_| server.is_none())
        .map(|database| database.name().to_owned());
    let of_server = Memo::new(move |_| {
        let databases = known?.data.get()?;
        Some(
            databases
                .into_iter()
                .map(|database| database.name)
                .collect::<Vec<_>>(),
        )
    });
    let skipped = Memo::new(move |_| {
        let of_server = of_server.get().unwrap_or_default();
        let of_service = skipped_databases(&of_server, &[]).into_iter();
        of_service
            .filter(SkippedDatabase::is_of_the_service)
            .collect::<Vec<_>>()
    });
    let shown = Memo::new({
        let single = single.clone();
        move |_| {
            let of_server = of_server.get().unwrap_or_default().into_iter();
            let is_left_out =
                |name: &String| skipped.with(|skipped| skipped.iter().any(|one| one.name == *name));
            let mut names: Vec<String> = single
                .clone()
                .into_iter()
                .chain(of_server.filter(|name| !is_left_out(name)))
                .collect();
            added.with(|added| names.extend(added.iter().cloned()));
            names
        }
    });
    let server = server.map(|server| server.name().to_owned());
    let source = Signal::derive(move || match (&server, known) {
        (Some(server), Some(known)) => said(server, known),
        _ if single.is_some() => "The database that was backed up.".to_owned(),
        _ => "Azure does not say what was backed up. Add the names of its databases.".to_owned(),
    });
    Names {
        shown,
        added,
        skipped,
        source,
    }
}

fn read(server: ResourceId) -> Reading<Vec<FlexibleDatabase>> {
    let (arm, server) = (StoredValue::new_local(use_arm()), StoredValue::new(server));
    use_reading(move || {
        let servers = arm.with_value(|arm| arm.flexible_servers());
        async move { servers.databases(&server.get_value()).await }
    })
}

fn said(server: &str, known: Reading<Vec<FlexibleDatabase>>) -> String {
    let why = known.problem.with(|error| error.as_ref().map(reason));
    match (known.data.with(Option::is_some), why) {
        (true, _) => format!(
            "The databases of {server} as it is now. One that was made after the recovery point is in no file; add one that was deleted since."
        ),
        (false, Some(why)) => {
            format!(
                "The databases of {server} could not be read: {why} Add their names; the script takes all that are there."
            )
        }
        (false, None) => format!("The databases of {server} are being read."),
    }
}

fn reason(error: &ArmError) -> String {
    Problem::from(error).reason
}

/// The databases that are in no backup, and why.
#[component]
pub fn Skipped(names: Names) -> impl IntoView {
    view_of(move || {
        let skipped = names.skipped.get();
        if skipped.is_empty() {
            return ().into_any();
        }
        let one = |skipped: SkippedDatabase| {
            view! { <div><dt>{skipped.name}</dt><dd>{skipped.why}</dd></div> }
        };
        view! {
            <h3>"Not in the backup"</h3>
            <dl class="pane-facts after-skipped">{skipped.into_iter().map(one).collect_view()}</dl>
        }
        .into_any()
    })
}
