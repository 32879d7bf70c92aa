//! What is said before the restore: what Azure does, and what it leaves to whoever asked for it.

use super::{form::Form, state::Way};
use crate::{prelude::*, ui::changing::view_of};

/// The card.
#[component]
pub fn About(form: Form) -> impl IntoView {
    let way = Memo::new(move |_| form.actual_way());
    let is_server = Memo::new(move |_| {
        use arm_client::data_protection::DatasourceKind::SingleServerDatabase;
        form.known.kind() != Some(SingleServerDatabase)
    });
    let content = view_of(move || {
        match way.get() {
        Way::Database => view! {
            <li>
                "Azure Backup makes the database on the server and fills it, with the credentials that the secret holds. A database of that name must not be there."
            </li>
            <li>"Roles and server parameters are not part of the backup; they have to be on the server."</li>
            {once_a_day()}
        }
        .into_any(),
        Way::Files => {
            let files = if is_server.get() {
                "Azure Backup writes one file for each database into the container, and one each with the roles, the schema and the tablespaces. It changes nothing else, on no server."
            } else {
                "Azure Backup writes the database into the container, as a file. It changes nothing else, on no server."
            };
            view! {
                <li>{files}</li>
                <li>
                    "Getting the files into a server is left to you. The page of the job has the exact commands for it once the files are there."
                </li>
                <li>"The files cost what the storage account charges for them, until you delete them."</li>
                {once_a_day()}
            }
            .into_any()
        }
    }
    });
    view! {
        <section class="wizard-aside restore-about" aria-labelledby="restore-about">
            <h2 class="restore-heading" id="restore-about">"What happens"</h2>
            <ul>{content}</ul>
        </section>
    }
}

fn once_a_day() -> AnyView {
    view! { <li>"Microsoft recommends one restore of an instance a day at most; a second one can fail."</li> }
        .into_any()
}
