//! Looking at each datasource of the list: what is known to stand in its way, before Azure is asked to validate.

use arm_client::{
    ArmClient, ArmError, FlexibleServer,
    authorization::{MissingRole, RoleNeed},
    data_protection::{BackupVault, Datasource, DatasourceKind, NewInstance},
    key_vault::KeyVault,
};
use arm_core::{ResourceId, Timestamp};
use leptos::{prelude::*, task::spawn_local_scoped_with_cancellation};

use super::{
    Base,
    secret::{self, SecretId},
    verdict::{Count, Look, Verdict, verdict},
};
use crate::{
    components::protection::{Doctor, Patient, use_doctor},
    findings::{
        self, Finding,
        protection::{Access, Protecting, ProtectionFacts},
    },
    problem::Problem,
    services::use_services,
};

/// How many are looked at at a time.
const AT_A_TIME: usize = 3;

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

/// What Azure says of a datasource.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    /// It, as a backup instance names it.
    pub datasource: Datasource,
    /// The flexible server.
    pub server: Option<FlexibleServer>,
    /// The key vault of a database's secret, where the user sees it.
    pub key_vault: Option<ResourceId>,
    /// What protects it already.
    protecting: Vec<Protecting>,
    /// What the vault's identity lacks: roles, and rights on a key vault that goes by access policies.
    access: Result<(Vec<MissingRole>, Option<ResourceId>), Problem>,
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

/// The datasources of the list and the looks at them; they last as long as the base.
#[derive(Clone, Copy)]
pub struct Checks {
    /// In the order of the list.
    pub rows: RwSignal<Vec<Row>>,
    /// Looks at one of them again, or at all.
    pub again: Callback<Option<Row>>,
}

impl Checks {
    /// Follows what is chosen.
    pub fn of(base: Base) -> Self {
        let rows = RwSignal::new(Vec::<Row>::new());
        let services = use_services();
        let (arm, clock) = (services.arm.clone(), services.page_clock.clone());
        let owner = Owner::current().unwrap_or_default();
        let next = StoredValue::new_local(None::<Box<dyn Fn()>>);
        let pump = move || next.with_value(|next| next.iter().for_each(|next| next()));
        let in_owner = owner.clone();
        next.set_value(Some(Box::new(move || {
            // Without the vault nobody knows whose roles are to be read.
            let Some(vault) = base.known.vault_details.data.get_untracked() else {
                return;
            };
            let rows = rows.get_untracked();
            let is_under_way = |row: &&Row| {
                row.check
                    .with_untracked(|check| matches!(check, Check::UnderWay(_)))
            };
            let under_way = rows.iter().filter(is_under_way).count();
            let waiting = rows
                .iter()
                .filter(|row| row.check.with_untracked(|check| *check == Check::Waiting));
            for row in waiting.take(AT_A_TIME.saturating_sub(under_way)).copied() {
                let since = clock.now();
                row.check.set(Check::UnderWay(since));
                let (arm, vault) = (arm.clone(), vault.clone());
                let source = row.source.get_value();
                let secret = row.secret_id().ok();
                in_owner.with(|| {
                    spawn_local_scoped_with_cancellation(async move {
                        let seen = look(&arm, &vault, source, secret).await;
                        // Nobody wants the answer any more where another look was asked for meanwhile.
                        if row.check.with_untracked(|check| *check == Check::UnderWay(since)) {
                            row.check.set(match seen {
                                Ok(seen) => Check::Done(Box::new(seen)),
                                Err(error) => Check::Failed(Problem::in_full(&error)),
                            });
                        }
                        pump();
                    });
                });
            }
        })));
        // Datasources come and go; those that stay keep what is known of them.
        Effect::new(move |_| {
            let sources = base.choices.with(|choices| choices.sources.clone());
            let before = rows.get_untracked();
            let row = |source: ResourceId| {
                let known = before
                    .iter()
                    .find(|row| row.source.with_value(|known| *known == source));
                known
                    .copied()
                    .unwrap_or_else(|| owner.with(|| Row::new(base, source)))
            };
            rows.set(sources.into_iter().map(row).collect());
            pump();
        });
        // Another vault has another identity.
        Effect::new(move |before: Option<Option<(ResourceId, Option<String>)>>| {
            let vault = base.known.vault_details.data.with(|vault| {
                let vault = vault.as_ref()?;
                Some((vault.id.clone(), vault.principal_id.clone()))
            });
            if vault.is_some() && before.is_none_or(|before| before != vault) {
                rows.with_untracked(|rows| rows.iter().for_each(|row| row.check.set(Check::Waiting)));
            }
            pump();
            vault
        });
        let again = Callback::new(move |row: Option<Row>| {
            match row {
                Some(row) => row.check.set(Check::Waiting),
                None => {
                    base.known.vault_details.again.run(());
                    rows.with_untracked(|rows| rows.iter().for_each(|row| row.check.set(Check::Waiting)));
                }
            }
            pump();
        });
        Self { rows, again }
    }

    /// How many of the list are counted so.
    pub fn number(self, count: Count) -> usize {
        self.rows.with(|rows| {
            let counted = rows
                .iter()
                .filter(|row| row.verdict.with(|verdict| verdict.count == count));
            counted.count()
        })
    }
}

impl Row {
    fn new(base: Base, source: ResourceId) -> Self {
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
            }),
            _ => None,
        });
        let known = self.doctor.get_value();
        match (known, patient) {
            (Some((known, doctor)), patient) if patient.as_ref().is_none_or(|patient| *patient == known) => {
                Some(doctor)
            }
            (_, Some(patient)) => {
                let on_revalidate = Callback::new(move |()| {
                    self.mended.update(|mended| *mended += 1);
                    checks.again.run(Some(self));
                });
                let doctor = self
                    .owner
                    .get_value()
                    .with(|| use_doctor(patient.clone(), on_revalidate));
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

/// Reads what Azure knows of a datasource and of the vault's rights on it.
async fn look(
    arm: &ArmClient,
    vault: &BackupVault,
    source: ResourceId,
    secret: Option<SecretId>,
) -> Result<Seen, ArmError> {
    let kind = source.resource_type().and_then(|kind| DatasourceKind::of(&kind));
    let kind = kind.unwrap_or(DatasourceKind::FlexibleServer);
    let (server, location) = match kind {
        DatasourceKind::FlexibleServer => {
            let server = arm.flexible_servers().get(&source).await?;
            let location = server.location.clone();
            (Some(server), location)
        }
        DatasourceKind::SingleServerDatabase => {
            let server = source.parent().unwrap_or_else(|| source.clone());
            (None, arm.single_servers().get(&server).await?.location)
        }
    };
    let datasource = Datasource {
        kind,
        id: source,
        location: region_id(location.as_deref().unwrap_or_default()),
    };
    let instances = arm.data_protection().instances_of(&datasource.id).await?;
    let key_vault = match &secret {
        Some(secret) => key_vault_of(arm, &datasource, secret).await?,
        None => None,
    };
    let access = match &vault.principal_id {
        // That the vault has no identity is told in its place.
        None => Ok((Vec::new(), None)),
        Some(principal) => {
            let missing = missing_access(arm, principal, &datasource, key_vault.as_ref()).await;
            missing.map_err(|error| Problem::in_full(&error))
        }
    };
    Ok(Seen {
        datasource,
        server,
        key_vault: key_vault.map(|key_vault| key_vault.id),
        protecting: instances.iter().map(Protecting::from).collect(),
        access,
    })
}

/// What the vault's identity lacks on the datasource and on the key vault of a secret.
async fn missing_access(
    arm: &ArmClient,
    principal: &str,
    datasource: &Datasource,
    key_vault: Option<&KeyVault>,
) -> Result<(Vec<MissingRole>, Option<ResourceId>), ArmError> {
    let mut needs = RoleNeed::of_backup(datasource);
    let mut closed = None;
    match key_vault {
        Some(key_vault) if key_vault.goes_by_roles => needs.push(RoleNeed::of_secrets(&key_vault.id)),
        Some(key_vault) if !key_vault.lets_read_secrets(principal) => closed = Some(key_vault.id.clone()),
        _ => {}
    }
    let roles = arm.authorization().missing_roles(principal, &needs).await?;
    Ok((roles, closed))
}

/// The key vault of a secret, looked for first where the datasource is; nothing where the user does not see it.
async fn key_vault_of(
    arm: &ArmClient,
    datasource: &Datasource,
    secret: &SecretId,
) -> Result<Option<KeyVault>, ArmError> {
    let mut subscriptions = arm.subscriptions().list().await?;
    let own = datasource.id.subscription_id().to_owned();
    subscriptions.sort_by_key(|subscription| !subscription.subscription_id.eq_ignore_ascii_case(&own));
    for subscription in subscriptions {
        // A subscription whose key vaults may not be listed hides no other's.
        let vaults = arm.key_vaults().list(&subscription.id).await.unwrap_or_default();
        let found = vaults
            .into_iter()
            .find(|vault| vault.name.eq_ignore_ascii_case(&secret.key_vault));
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

/// `westeurope` for `West Europe`: as a backup instance names a region.
fn region_id(location: &str) -> String {
    let letters = location.chars().filter(|letter| *letter != ' ');
    letters.collect::<String>().to_ascii_lowercase()
}
