//! Parts of protection over the world of the demo; they need an Azure, so the page alone shows them.

use arm_client::data_protection::{
    Datasource, DatasourceKind, FirstOf, NewInstance, PolicyDuration, PolicyRules,
};
use arm_core::ResourceId;

use crate::{
    components::{
        Findings,
        protection::{
            CreateVault, Patient, PermissionDoctor, PolicyDetails, PolicyEditor, ProtectionProblem,
            TurnIdentityOn, use_doctor,
        },
    },
    findings::protection::{Access, ProtectionFacts, findings},
    hooks::{Validation, use_validation},
    prelude::*,
    services::use_services,
    ui::{button::Button, changing::view_if},
};

const PRODUCTION: &str = "11111111-1111-4111-8111-111111111111";
const DEVELOPMENT: &str = "22222222-2222-4222-8222-222222222222";
/// The identity of `bv-commerce-weu`.
const COMMERCE: &str = "5e1f0001-0000-4000-8000-0000000000a1";

/// Which pane is open.
#[derive(Clone, Copy)]
pub struct OpenPanes {
    policy: RwSignal<bool>,
    vault: RwSignal<bool>,
}

impl OpenPanes {
    /// None.
    pub fn new() -> Self {
        Self {
            policy: RwSignal::new(false),
            vault: RwSignal::new(false),
        }
    }
}

/// Each part with something to show.
#[component]
pub fn Protection(open: OpenPanes) -> impl IntoView {
    let orders = || flexible("rg-commerce-prod", "pg-orders-prod");
    let doctor = doctor_of(orders());
    let healthy = doctor_of(flexible("rg-billing-prod", "pg-billing-prod"));
    view! {
        <section class="stack" aria-label="Protection">
            <h2>"Protection"</h2>
            {findings_of(&orders())}
            {doctor.map(|doctor| view! { <PermissionDoctor doctor /> })}
            {healthy.map(|doctor| view! { <PermissionDoctor doctor /> })}
            <PolicyDetails rules=Signal::derive(long_term) />
            {problem_of(flexible("rg-billing-prod", "pg-billing-prod"))}
            {problem_of(orders())}
            {vault(DEVELOPMENT, "rg-platform-dev", "bv-dev-neu").map(|vault| {
                view! { <TurnIdentityOn vault on_done=Callback::new(|_| ()) /> }
            })}
            <div class="row">
                <Button on_click=Callback::new(move |()| open.policy.set(true))>"Open the policy editor"</Button>
                <Button on_click=Callback::new(move |()| open.vault.set(true))>"Open the vault pane"</Button>
            </div>
        </section>
    }
}

fn flexible(group: &str, name: &str) -> Option<Datasource> {
    let kind = DatasourceKind::FlexibleServer;
    let id = ResourceId::in_resource_group(PRODUCTION, group, kind.as_str(), name).ok()?;
    Some(Datasource {
        kind,
        id,
        location: "West Europe".to_owned(),
    })
}

fn vault(subscription: &str, group: &str, name: &str) -> Option<ResourceId> {
    ResourceId::in_resource_group(subscription, group, crate::routes::BACKUP_VAULT, name).ok()
}

fn commerce() -> Option<ResourceId> {
    vault(PRODUCTION, "rg-backup-prod", "bv-commerce-weu")
}

fn doctor_of(datasource: Option<Datasource>) -> Option<crate::components::protection::Doctor> {
    let patient = Patient {
        vault: commerce()?,
        principal: COMMERCE.to_owned(),
        datasources: vec![datasource?],
        key_vaults: Vec::new(),
        restores_to: None,
    };
    Some(use_doctor(patient, Callback::new(|()| ())))
}

fn findings_of(datasource: &Option<Datasource>) -> AnyView {
    let found = datasource.as_ref().map(|datasource| {
        let problem = crate::problem::Problem {
            reason: "Azure answered 503 Service Unavailable.".to_owned(),
            ..crate::problem::Problem::default()
        };
        let elsewhere = Datasource {
            location: "North Europe".to_owned(),
            ..datasource.clone()
        };
        let vault = commerce().and_then(|id| {
            let json = format!(
                r#"{{"id":"{id}","location":"westeurope","properties":{{"securitySettings":{{"softDeleteSettings":{{"state":"Off"}}}}}}}}"#
            );
            serde_json::from_str(&json).ok()
        });
        findings(&ProtectionFacts {
            vault: vault.as_ref(),
            access: Access::Unknown(&problem),
            ..ProtectionFacts::of(&elsewhere)
        })
    });
    let found = found.unwrap_or_default();
    let found = Memo::new(move |_| found.clone());
    view! { <Findings label="Checks before protecting" findings=found on_fix=Callback::new(|_| ()) /> }
        .into_any()
}

fn long_term() -> PolicyRules {
    let first = use_services().page_clock.now();
    let mut rules = PolicyRules::weekly(
        first,
        PolicyDuration::months(3),
        &[
            ("Monthly", FirstOf::Month, PolicyDuration::months(12)),
            ("Yearly", FirstOf::Year, PolicyDuration::months(120)),
        ],
    );
    let again = first + chrono::TimeDelta::days(3);
    rules
        .intervals
        .push(format!("R/{}/P1W", again.format("%Y-%m-%dT%H:%M:%S+00:00")));
    rules
}

fn problem_of(datasource: Option<Datasource>) -> AnyView {
    let validating = use_validation();
    let asked = commerce().zip(datasource).and_then(|(vault, datasource)| {
        let policy = vault.child("backupPolicies", "pgflex-weekly").ok()?;
        let instance = NewInstance {
            datasource,
            policy,
            secret: None,
        };
        Some((vault, instance))
    });
    if let Some(asked) = asked {
        validating.validate.run(asked);
    }
    let is_failed = Memo::new(move |_| matches!(validating.state.get(), Validation::Failed(_)));
    view_if(is_failed, move || match validating.state.get() {
        Validation::Failed(error) => {
            let identity = Some((COMMERCE.to_owned(), "bv-commerce-weu".to_owned()));
            view! { <ProtectionProblem title="It cannot be protected" error=*error identity /> }.into_any()
        }
        _ => ().into_any(),
    })
}

/// The panes that are open; they stand beside what they make inert.
pub fn panes(open: OpenPanes) -> AnyView {
    let OpenPanes {
        policy,
        vault: new_vault,
    } = open;
    let close = Callback::new(move |()| {
        policy.set(false);
        new_vault.set(false);
    });
    let editor = view_if(policy, move || {
        let pane = commerce().map(|vault| {
            view! {
                <PolicyEditor
                    vault
                    kind=DatasourceKind::FlexibleServer
                    taken=Signal::stored(vec!["pgflex-weekly".to_owned()])
                    on_created=Callback::new(|_| ())
                    on_close=close
                />
            }
        });
        pane.into_any()
    });
    let create = view_if(new_vault, move || {
        view! {
            <CreateVault
                location=Some("westeurope".to_owned())
                on_created=Callback::new(|_| ())
                on_close=close
            />
        }
        .into_any()
    });
    view! { {editor} {create} }.into_any()
}
