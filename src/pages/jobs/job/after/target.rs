//! Which server gets the data, and who signs in to it.

use arm_client::ServerSummary;

use super::draft::{wrong_host, wrong_user};
use crate::{
    hooks::{Reading, use_reading},
    prelude::*,
    problem::Problem,
    region,
    services::use_arm,
    ui::{
        select::{Choice, Select},
        text_field::TextField,
    },
};

/// What is chosen and typed.
#[derive(Clone, Copy)]
pub struct Target {
    servers: Reading<Vec<ServerSummary>>,
    /// The server that was chosen, by its name.
    server: RwSignal<String>,
    /// Why the server's host could not be read.
    unread: RwSignal<Option<String>>,
    /// The name of the host.
    pub host: RwSignal<String>,
    /// Who signs in.
    pub user: RwSignal<String>,
}

/// Fields for them, filled in from a server that is chosen.
pub fn use_target() -> Target {
    let arm = StoredValue::new_local(use_arm());
    let target = Target {
        servers: use_reading(move || {
            let graph = arm.with_value(|arm| arm.resource_graph());
            async move { graph.flexible_servers().await }
        }),
        server: RwSignal::new(String::new()),
        unread: RwSignal::new(None),
        host: RwSignal::new(String::new()),
        user: RwSignal::new(String::new()),
    };
    let chosen = Memo::new(move |_| {
        let name = target.server.get();
        target.servers.data.with(|servers| {
            let mut servers = servers.iter().flatten();
            let found = servers.find(|server| server.name.eq_ignore_ascii_case(&name));
            found.map(|server| server.id.clone())
        })
    });
    // The host and the user that the server before gave.
    let given = StoredValue::new((String::new(), String::new()));
    Effect::new(move |_| {
        let id = chosen.get();
        // Nothing of the server before may stand beside the name of another one; whom somebody typed stays.
        let (host, user) = given.try_update_value(std::mem::take).unwrap_or_default();
        if id.is_some() || target.host.with_untracked(|now| *now == host) {
            target.host.set(String::new());
        }
        if target.user.with_untracked(|now| *now == user) {
            target.user.set(String::new());
        }
        target.unread.set(None);
        let Some(id) = id else { return };
        let typed = target.user.get_untracked();
        let servers = arm.with_value(|arm| arm.flexible_servers());
        spawn_local_scoped_with_cancellation(async move {
            let read = servers.get(&id).await;
            // Another one may have been chosen meanwhile.
            if chosen.with_untracked(|now| now.as_ref() != Some(&id)) {
                return;
            }
            match read {
                Ok(server) => {
                    let (host, user) = (server.fully_qualified_domain_name, server.administrator_login);
                    let (host, user) = (host.unwrap_or_default(), user.unwrap_or_default());
                    // What was typed meanwhile is meant; whom somebody typed before is kept where this one names nobody.
                    if target.host.with_untracked(String::is_empty) {
                        target.host.set(host.clone());
                    }
                    if !user.is_empty() && target.user.with_untracked(|now| *now == typed) {
                        target.user.set(user.clone());
                    }
                    given.set_value((host, user));
                }
                Err(error) => target.unread.set(Some(Problem::from(&error).reason)),
            }
        });
    });
    target
}

/// The fields; `server` is the name of the one that was backed up.
#[component]
pub fn TargetFields(target: Target, server: Option<String>) -> impl IntoView {
    let choices = Signal::derive(move || {
        target.servers.data.with(|servers| {
            let servers = servers.iter().flatten();
            servers.map(choice).collect::<Vec<_>>()
        })
    });
    let hint = move || {
        let is_the_same = server
            .as_ref()
            .is_some_and(|server| target.server.with(|chosen| chosen.eq_ignore_ascii_case(server)));
        let words = if is_the_same {
            "This is the server that was backed up: databases that are there are left alone. Skip the roles."
        } else {
            "A server that you may read here, or type the host of another one."
        };
        Some(words.to_owned())
    };
    let error = move || {
        if let Some(why) = target.unread.get() {
            return Some(format!(
                "The host of this server could not be read: {why} Type it."
            ));
        }
        let problem = target
            .servers
            .problem
            .with(|error| error.as_ref().map(Problem::from));
        problem.map(|problem| format!("The servers could not be read: {} Type the host.", problem.reason))
    };
    let wrong = |value: RwSignal<String>, judge: fn(&str) -> Option<&'static str>| {
        move || value.with(|value| judge(value)).map(str::to_owned)
    };
    view! {
        <div class="after-target">
            <Select
                label="Load into"
                choices
                value=target.server
                placeholder="Choose a server"
                hint=Signal::derive(hint)
                error=Signal::derive(error)
            />
            <TextField
                label="Host"
                value=target.host
                required=true
                error=Signal::derive(wrong(target.host, wrong_host))
            />
            <TextField
                label="User"
                value=target.user
                required=true
                hint="May make databases and roles, such as the server's administrator."
                error=Signal::derive(wrong(target.user, wrong_user))
            />
        </div>
    }
}

fn choice(server: &ServerSummary) -> Choice {
    let location = server.location.as_deref().map(region::display_name);
    let version = server
        .version
        .as_ref()
        .map(|version| format!("version {version}"));
    let more = location.map(str::to_owned).into_iter().chain(version);
    Choice {
        value: server.name.clone(),
        more: more.collect::<Vec<_>>().join(", "),
    }
}
