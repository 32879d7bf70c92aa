//! Where a database of a legacy single server goes: a server, the name of the new database, and its credentials.

use super::{
    form::Form,
    prefix::{LONGEST_DATABASE, judge_database},
};
use crate::{
    components::{ReadingView, protection::SecretField},
    hooks::use_rested,
    prelude::*,
    region,
    ui::{
        icon::{Icon, IconName},
        select::{Choice, Select},
        text_field::TextField,
    },
};

/// The fields.
#[component]
pub fn DatabaseTarget(form: Form) -> impl IntoView {
    let servers = form.known.servers;
    let choices = Signal::derive(move || {
        let servers = servers.data.get().unwrap_or_default();
        let choice = |server: arm_client::postgres::SingleServer| {
            let region = server
                .location
                .as_deref()
                .map(|location| region::display_name(location).to_owned());
            let version = server
                .properties
                .version
                .map(|version| format!("PostgreSQL {version}"));
            Choice {
                value: server.name,
                more: [region, version]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" · "),
            }
        };
        servers.into_iter().map(choice).collect::<Vec<_>>()
    });
    let server = form.server;
    let (rested, _) = use_rested(form.database);
    let error = Signal::derive(move || {
        let taken = form.taken();
        rested.with(|text| judge_database(text, &taken).err().filter(|_| !text.is_empty()))
    });
    let view = move |_| {
        view! {
            <Select
                label="Server"
                choices
                value=server
                required=true
                placeholder="Choose a server"
                hint="A legacy single server, the same or another one."
            />
        }
        .into_any()
    };
    view! {
        <ReadingView reading=servers what="list of single servers" view />
        <TextField
            label="Name of the new database"
            value=form.database
            required=true
            hint="The restore makes it; the server must not have it yet."
            error
            max_length=LONGEST_DATABASE
        />
        <SecretField value=form.secret on_another=Callback::new(|()| ()) />
        <p class="restore-kept">
            <Icon name=IconName::LockClosed size=16 />
            "A database that exists is never overwritten: the restore fails instead."
        </p>
    }
}
