//! A server that no vault protects: what that would give, what stands in its way, what Azure leaves out.

use arm_client::{
    FlexibleServer,
    data_protection::{Datasource, DatasourceKind},
};
use arm_core::ResourceId;

use crate::{
    components::{ActLink, Findings},
    findings::{
        Finding, FixAct,
        protection::{ProtectionFacts, findings},
    },
    hooks::Reading,
    location::link,
    prelude::*,
    rights::Act,
    routes,
    ui::{button::ButtonAppearance, empty_state::EmptyState, icon::IconName},
};

/// What Microsoft's support matrix says of vaulted backups (reference E, *LTR / vaulted*, *placement*, *restore kinds*).
const LIMITS: [&str; 6] = [
    "The vault is in the server\u{2019}s region and directory; its subscription may be another one.",
    "One backup a week is taken. Of a policy with several weekdays the further ones fail.",
    "Up to 1 TiB of data; a row with more than 500 MB of BYTEA makes the backup fail.",
    "Read replicas are not protected; their primary server is.",
    "Backups are restored as files into a storage account, not as a server.",
    "The vault\u{2019}s identity needs a role on the server and one on its resource group; the wizard assigns them.",
];

/// The empty state, the findings, and the limits.
#[component]
pub fn NotProtected(server: StoredValue<ResourceId>, details: Reading<FlexibleServer>) -> impl IntoView {
    let found: Memo<Vec<Finding>> = Memo::new(move |_| {
        details.data.with(|read| {
            let Some(read) = read else { return Vec::new() };
            let datasource = Datasource {
                kind: DatasourceKind::FlexibleServer,
                id: server.get_value(),
                location: read.location.clone().unwrap_or_default(),
            };
            findings(&ProtectionFacts {
                server: Some(read),
                ..ProtectionFacts::of(&datasource)
            })
        })
    });
    let on_fix = Callback::new(move |act| {
        if act == FixAct::CheckAgain {
            details.again.run(());
        }
    });
    let href = link(&routes::protect(Some(&server.get_value())));
    let limits = LIMITS.map(|limit| view! { <li>{limit}</li> });
    view! {
        <EmptyState
            icon=IconName::Shield
            title="No backup vault protects this server"
            actions=move || {
                view! { <ActLink act=Act::Protect href appearance=ButtonAppearance::Primary label="Configure backup" /> }
            }
        >
            "A backup vault keeps weekly full backups of all its databases for up to 10 years, apart from the server: \
             they outlive its own backups, and the server itself."
        </EmptyState>
        <Findings label="Checks before the server is protected" findings=found on_fix />
        <section class="instance-section" aria-labelledby="protection-limits">
            <h2 id="protection-limits">"Worth knowing"</h2>
            <ul class="protection-limits">{limits.collect_view()}</ul>
        </section>
    }
}
