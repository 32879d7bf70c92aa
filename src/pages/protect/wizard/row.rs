//! A datasource of the list, and what stands in its way.

use arm_client::data_protection::{BackupVault, DatasourceKind, NewInstance};
use arm_core::{ResourceId, Timestamp};

use super::{
    Base,
    checks::Checks,
    look::Seen,
    verdict::{Look, Verdict, verdict},
};
use crate::{
    components::protection::{
        Doctor, Patient,
        secret::{self, SecretId},
        use_doctor,
    },
    findings::{
        self, Finding,
        protection::{Access, ProtectionFacts},
    },
    prelude::*,
    problem::Problem,
};

/// How far the look at a datasource is, and what it gave.
#[derive(Debug, Clone, PartialEq)]
pub enum Check {
    /// Others come first.
    Waiting,
    /// Since this moment.
    UnderWay(Timestamp),
    /// It is there.
    Done(Box<Seen>),
    /// It could not be read.
    Failed(Problem),
}

/// A datasource of the list.
#[derive(Clone, Copy)]
pub struct Row {
    /// Its id.
    pub source: StoredValue<ResourceId>,
    /// How far the look at it is.
    pub check: RwSignal<Check>,
    /// What stands in its way, and what did.
    pub findings: Memo<Vec<Finding>>,
    /// In one line.
    pub verdict: Memo<Verdict>,
    /// The secret identifier of a database, as it is typed.
    pub secret: RwSignal<String>,
    /// Whether its details are open.
    pub is_open: RwSignal<bool>,
    /// How often what was missing has been mended: what Azure said before holds no more.
    pub mended: RwSignal<u32>,
    doctor: StoredValue<Option<(Patient, Doctor)>>,
    owner: StoredValue<Owner>,
}

impl Row {
    /// A datasource that has yet to be looked at.
    pub fn new(base: Base, source: ResourceId) -> Self {
        let known = base.known;
        let given = base
            .draft
            .with_untracked(|draft| draft.secret(&source).map(str::to_owned));
        let is_database =
            base.choices.with_untracked(|choices| choices.kind) == DatasourceKind::SingleServerDatabase;
        let secret = RwSignal::new(given.unwrap_or_default());
        let check = RwSignal::new(Check::Waiting);
        let findings = Memo::new(move |before: Option<&Vec<Finding>>| {
            let policy = base.choices.with(|choices| known.policy(choices));
            let now = check.with(|check| {
                let Check::Done(seen) = check else {
                    return None;
                };
                let vault = known.vault_details.data.get();
                let deleted = known.deleted.data.get().unwrap_or_default();
                Some(findings::protection::findings(&ProtectionFacts {
                    vault: vault.as_ref(),
                    server: seen.server.as_ref(),
                    protecting: &seen.protecting,
                    deleted: &deleted,
                    policy: policy.as_ref(),
                    access: match &seen.access {
                        Ok((roles, key_vault)) => Access::Known {
                            roles,
                            key_vault: key_vault.as_ref(),
                        },
                        Err(problem) => Access::Unknown(problem),
                    },
                    ..ProtectionFacts::of(&seen.datasource)
                }))
            });
            let before = before.map(Vec::as_slice).unwrap_or_default();
            match now {
                Some(now) => findings::with_mended(before, now),
                // While it is looked at again, what was found stays to be seen.
                None => before.to_vec(),
            }
        });
        let row = Self {
            source: StoredValue::new(source),
            check,
            findings,
            secret,
            is_open: RwSignal::new(false),
            mended: RwSignal::new(0),
            doctor: StoredValue::new(None),
            owner: StoredValue::new(Owner::current().unwrap_or_default()),
            verdict: Memo::new(move |_| {
                let wrong = secret
                    .with(|secret| secret::judge(secret).err())
                    .filter(|_| is_database);
                check.with(|check| {
                    let look = match check {
                        Check::Waiting => Look::Waiting,
                        Check::UnderWay(_) => Look::UnderWay,
                        Check::Failed(problem) => Look::Failed(problem),
                        Check::Done(_) => Look::Done,
                    };
                    findings.with(|findings| verdict(&look, wrong, findings))
                })
            }),
        };
        Effect::new(move |_| {
            secret.with(|secret| {
                let source = row.source.get_value();
                let kept = base
                    .draft
                    .with_untracked(|draft| draft.secret(&source).unwrap_or_default() == *secret);
                if !kept {
                    base.draft
                        .update(|draft| draft.set_secret(&source, secret.clone()));
                }
            });
        });
        row
    }

    /// The permission doctor for it, where something is known to be missing or nobody knows; the same one as long as it
    /// is about the same, so that a countdown goes on while its row is closed.
    pub fn doctor(self, checks: Checks, vault: &BackupVault) -> Option<Doctor> {
        let is_of_access = |finding: &Finding| ["missing-roles", "roles-unknown"].contains(&finding.id);
        if !self.findings.with(|findings| findings.iter().any(is_of_access)) {
            return None;
        }
        let principal = vault.principal_id.clone()?;
        let patient = self.check.with_untracked(|check| match check {
            Check::Done(seen) => Some(Patient {
                vault: vault.id.clone(),
                principal,
                datasources: vec![seen.datasource.clone()],
                key_vaults: seen.key_vault.iter().cloned().collect(),
                restores_to: None,
            }),
            _ => None,
        });
        let known = self.doctor.get_value();
        match (known, patient) {
            (Some((known, doctor)), patient) if patient.as_ref().is_none_or(|patient| *patient == known) => {
                Some(doctor)
            }
            (_, Some(patient)) => {
                let again = move |()| {
                    self.mended.update(|mended| *mended += 1);
                    // A role at a group serves its other servers, too.
                    checks.again.run(None);
                };
                // It lasts as long as its datasource is in the list, whatever becomes of the view that asks for it.
                let doctor = self
                    .owner
                    .get_value()
                    .with(|| use_doctor(patient.clone(), Callback::new(again)));
                self.doctor.set_value(Some((patient, doctor)));
                Some(doctor)
            }
            _ => None,
        }
    }

    /// The secret identifier, or what is wrong with it.
    pub fn secret_id(self) -> Result<SecretId, &'static str> {
        self.secret.with_untracked(|secret| secret::judge(secret))
    }

    /// What Azure is asked to protect, once it is known.
    pub fn instance(self, policy: &ResourceId) -> Option<NewInstance> {
        self.check.with(|check| {
            let Check::Done(seen) = check else {
                return None;
            };
            let secret = match seen.datasource.kind {
                DatasourceKind::FlexibleServer => None,
                DatasourceKind::SingleServerDatabase => {
                    Some(self.secret.with(|secret| secret::judge(secret)).ok()?.uri)
                }
            };
            Some(NewInstance {
                datasource: seen.datasource.clone(),
                policy: policy.clone(),
                secret,
            })
        })
    }
}
