//! Looks into the rights of a vault's identity, mends them, and waits until that works.

use std::time::Duration;

use arm_client::{
    ArmClient, ArmError,
    authorization::{MissingRole, RoleNeed, are_allowed},
};
use arm_core::{ResourceId, Timestamp};
use uuid::Uuid;

use super::diagnosis::{AssignAt, Diagnosis, Grant, Patient};
use crate::{
    hooks::{Reading, use_reading},
    prelude::*,
    problem::Problem,
    services::use_services,
    text,
    ui::live_region::announce,
};

/// How long a new role takes to work: the command line waits as long (portal's siblings, *update-msi-permissions*).
const PROPAGATION: Duration = Duration::from_secs(60);

/// How far the mending is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Treatment {
    /// Nothing was assigned here, or not all of it could be.
    #[default]
    None,
    /// Assignments are being sent.
    Assigning,
    /// All is assigned, and is waited for until then.
    Waiting(Timestamp),
    /// It should work by now.
    Over,
}

/// A window on the rights of a vault's identity; it goes with its owner.
#[derive(Clone, Copy)]
pub struct Doctor {
    /// Whose rights they are.
    pub patient: StoredValue<Patient>,
    /// What was found.
    pub reading: Reading<Diagnosis>,
    /// Where missing roles are to be assigned.
    pub at: RwSignal<AssignAt>,
    /// How far the mending is.
    pub treatment: RwSignal<Treatment>,
    /// What was assigned here.
    pub given: RwSignal<Vec<Grant>>,
    /// What could not be assigned, and why.
    pub refused: RwSignal<Vec<(Grant, Problem)>>,
    /// Assigns what is missing.
    pub assign: Callback<()>,
    /// Does not wait any longer, and asks to validate.
    pub revalidate: Callback<()>,
    may: RwSignal<Vec<(ResourceId, &'static str, bool)>>,
}

impl Doctor {
    /// What is to be assigned at the scope that is chosen.
    pub fn cure(self) -> Vec<Grant> {
        let at = self.at.get();
        let cure = |diagnosis: &Option<Diagnosis>| diagnosis.as_ref().map(|diagnosis| diagnosis.cure(at));
        self.reading.data.with(cure).unwrap_or_default()
    }

    /// What the user is known not to be allowed to assign; where Azure did not say it is tried (reference G4).
    pub fn forbidden(self) -> Option<Grant> {
        let is_forbidden = |grant: &Grant| {
            self.may.with(|may| {
                let mut may = may.iter();
                may.any(|(scope, action, allowed)| {
                    !allowed && scope == grant.scope() && *action == grant.takes()
                })
            })
        };
        self.cure().into_iter().find(is_forbidden)
    }
}

/// Looks at once. `on_revalidate` is called when what was assigned should work: validation is to be repeated then.
pub fn use_doctor(patient: Patient, on_revalidate: Callback<()>) -> Doctor {
    let services = use_services();
    let arm = StoredValue::new_local(services.arm.clone());
    let clock = StoredValue::new_local(services.clock.clone());
    let patient = StoredValue::new(patient);
    let reading = use_reading(move || examine(arm.get_value(), patient.get_value()));
    let (at, treatment) = (
        RwSignal::new(AssignAt::default()),
        RwSignal::new(Treatment::default()),
    );
    let (given, refused) = (RwSignal::new(Vec::new()), RwSignal::new(Vec::new()));
    let owner = StoredValue::new_local(Owner::current());

    let revalidate = Callback::new(move |()| {
        treatment.set(Treatment::Over);
        reading.again.run(());
        on_revalidate.run(());
    });
    let (participle, _) = patient.with_value(Patient::again);
    let wait = move |assigned: usize| {
        let until = clock.get_value().now() + PROPAGATION;
        treatment.set(Treatment::Waiting(until));
        reading.again.run(());
        let count = text::count(assigned, "role");
        announce(
            &format!(
                "{count} assigned. It is {participle} again in {}.",
                text::duration(PROPAGATION)
            ),
            false,
        );
        spawn_local_scoped_with_cancellation(async move {
            let clock = clock.get_value();
            clock.sleep(PROPAGATION).await;
            if treatment.get_untracked() == Treatment::Waiting(until) {
                revalidate.run(());
            }
        });
    };
    let doctor = Doctor {
        patient,
        reading,
        at,
        treatment,
        given,
        refused,
        assign: Callback::new(|()| ()),
        revalidate,
        may: RwSignal::new(Vec::new()),
    };
    let assign = Callback::new(move |()| {
        let cure = untrack(|| doctor.cure());
        if cure.is_empty() || treatment.get_untracked() == Treatment::Assigning {
            return;
        }
        treatment.set(Treatment::Assigning);
        refused.set(Vec::new());
        let (arm, principal) = (
            arm.get_value(),
            patient.with_value(|patient| patient.principal.clone()),
        );
        let owner = owner.get_value();
        // What has been begun is brought to its end even if the page is left meanwhile.
        spawn_local(async move {
            let mut failed = Vec::new();
            let mut done = Vec::new();
            for grant in cure {
                match give(&arm, &grant, &principal).await {
                    Ok(()) => done.push(grant),
                    Err(error) => failed.push((grant, Problem::in_full(&error))),
                }
            }
            let assigned = done.len();
            let is_complete = failed.is_empty();
            if given.try_update(|given| given.extend(done)).is_none() {
                return;
            }
            refused.set(failed);
            match owner.filter(|_| is_complete) {
                Some(owner) => owner.with(|| wait(assigned)),
                None => {
                    treatment.set(Treatment::None);
                    reading.again.run(());
                }
            }
        });
    });
    look_at_own_rights(doctor, arm);
    Doctor { assign, ..doctor }
}

/// Reads what the user may do at each scope that something is to be assigned at.
fn look_at_own_rights(doctor: Doctor, arm: StoredValue<ArmClient, LocalStorage>) {
    let asked = StoredValue::new(Vec::<ResourceId>::new());
    Effect::new(move |_| {
        let grants = doctor.cure();
        for scope in grants.iter().map(Grant::scope) {
            if asked.with_value(|asked| asked.contains(scope)) {
                continue;
            }
            asked.update_value(|asked| asked.push(scope.clone()));
            let (arm, scope, grants) = (arm.get_value(), scope.clone(), grants.clone());
            spawn_local(async move {
                // A refusal means that nobody knows, and what is not known is tried (reference G4).
                let Ok(permissions) = arm.authorization().permissions(&scope).await else {
                    return;
                };
                let actions = grants
                    .iter()
                    .filter(|grant| *grant.scope() == scope)
                    .map(Grant::takes);
                let known: Vec<_> = actions
                    .map(|action| (scope.clone(), action, are_allowed(&permissions, action)))
                    .collect();
                doctor.may.try_update(|may| may.extend(known));
            });
        }
    });
}

/// Reads the key vaults and the role assignments.
async fn examine(arm: ArmClient, patient: Patient) -> Result<Diagnosis, ArmError> {
    let mut key_vaults = Vec::new();
    for id in &patient.key_vaults {
        key_vaults.push(arm.key_vaults().get(id).await?);
    }
    let by_roles: Vec<_> = key_vaults.iter().filter(|vault| vault.goes_by_roles).collect();
    let needs: Vec<RoleNeed> = patient.needs(&by_roles);
    let authorization = arm.authorization();
    let missing: Vec<MissingRole> = authorization.missing_roles(&patient.principal, &needs).await?;
    let by_policies = key_vaults.into_iter().filter(|vault| !vault.goes_by_roles);
    Ok(Diagnosis {
        needs,
        missing,
        by_policies: by_policies
            .map(|vault| {
                let lets = vault.lets_read_secrets(&patient.principal);
                (vault, lets)
            })
            .collect(),
    })
}

/// Gives it; that it is there already under another name is as good (reference C2).
async fn give(arm: &ArmClient, grant: &Grant, principal: &str) -> Result<(), ArmError> {
    match grant {
        Grant::Role(role, scope) => {
            let name = Uuid::new_v4().to_string();
            let assigned = arm.authorization().assign(scope, &name, *role, principal).await;
            match assigned {
                Err(error) if error.code() == Some("RoleAssignmentExists") => Ok(()),
                other => other.map(|_| ()),
            }
        }
        Grant::AccessPolicy(vault, tenant) => {
            arm.key_vaults().let_read_secrets(vault, tenant, principal).await
        }
    }
}
