//! What Azure leaves of a restore as files: the commands that bring the files into a server (decision 16).

mod code;
mod draft;
mod list;
mod names;
mod target;

use arm_core::ResourceId;

use super::super::state::State;
use crate::{
    lazy::lazy,
    prelude::*,
    ui::{
        badge::Badge,
        changing::{view_if, view_of},
        message_bar::{MessageBar, MessageIntent},
    },
};

use code::Commands;
use draft::Shown;
use list::Files as FileList;
use names::{Skipped, use_names};
use target::{TargetFields, use_target};

/// Files that a restore writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// The URL of their container.
    pub container: String,
    /// What their names begin with.
    pub prefix: String,
    /// What was backed up.
    pub source: Option<ResourceId>,
}

lazy! {
    after_restore: pub fn after_restore(files: Files, state: Memo<State>) -> AnyView {
        view! { <AfterRestore files state /> }.into_any()
    }
}

/// The section of the job's page.
#[component]
fn AfterRestore(files: Files, state: Memo<State>) -> impl IntoView {
    let target = use_target();
    let names = use_names(files.source.clone());
    let shown = RwSignal::new(Shown::Script);
    let is_running = Memo::new(move |_| !state.get().has_succeeded());
    let server = files.source.as_ref().map(|source| source.name().to_owned());
    let files = StoredValue::new(files);
    let kit = Memo::new(move |_| {
        let (host, user) = (target.host.get(), target.user.get());
        files.with_value(|files| draft::kit(files, &host, &user))
    });
    view! {
        <section class="instance-section job-section after-restore" aria-labelledby="after-restore">
            <div class="after-head">
                <h2 id="after-restore">"After completion"</h2>
                {view_if(is_running, || view! { <Badge>"Files are not there yet"</Badge> }.into_any())}
            </div>
            <p>
                "Azure writes files and leaves it to you to load them into a server. These commands are filled in for this restore; run them where curl and the PostgreSQL client tools are, once the job has completed. They ask for a SAS of the container and for the password, and keep neither."
            </p>
            <TargetFields target server />
            <div class="after-parts">
                <FileList names shown />
                <div class="after-code">
                    {view_of(move || match kit.get() {
                        Some(kit) => view! { <Commands kit shown /> }.into_any(),
                        None => view! {
                            <p class="after-empty">
                                "Choose the server that gets the data, and who signs in to it: the commands follow."
                            </p>
                        }
                        .into_any(),
                    })}
                    <MessageBar intent=MessageIntent::Neutral>
                        "Do not run " <code>"…_schema.sql"</code> " and " <code>"…_tablespace.sql"</code>
                        ": each database's file holds its schema, and flexible servers have no tablespaces of their own."
                    </MessageBar>
                </div>
            </div>
            <Skipped names />
        </section>
    }
}
