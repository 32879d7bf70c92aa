//! What is read of a target, and what it comes to.

use arm_client::{
    ArmError,
    data_protection::BackupVault,
    storage::{AccountChange, ContainerName, StorageAccount, TargetRule},
};
use arm_core::ResourceId;

use super::prefix_look::use_prefix_look;
use crate::{
    components::protection::{Doctor, Patient, RestorePlace, use_doctor},
    findings::{
        self, Finding, Severity,
        restore::{BlobLook, RestoreFacts},
    },
    hooks::{Reading, use_reading},
    prelude::*,
    problem::Problem,
    services::use_services,
};

/// A container, and who is to write to it: another one is looked at anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The vault.
    pub vault: ResourceId,
    /// The region of the vault.
    pub location: String,
    /// The vault's identity, if it has one.
    pub principal: Option<String>,
    /// The storage account.
    pub account: ResourceId,
    /// The container.
    pub container: ContainerName,
}

/// What the looking has come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Verdict {
    /// It is being looked at, or there is no target yet.
    #[default]
    Checking,
    /// The restore is certain to fail.
    Blocks,
    /// The restore may fail.
    Warns,
    /// Something that may stand in the way could not be looked at.
    Unknown,
    /// Nothing known stands in the way. That nobody could look whether the prefix is taken counts for nothing here.
    Clear,
}

/// A window on a target; it goes with its owner.
#[derive(Clone, Copy)]
pub struct TargetReading {
    /// What is looked at.
    pub place: StoredValue<Place>,
    /// The permission doctor of the vault's identity, if it has one.
    pub doctor: Option<Doctor>,
    /// What stands in the way, and what did.
    pub found: Memo<Vec<Finding>>,
    /// What that comes to.
    pub verdict: Memo<Verdict>,
    /// What is known of the blobs that begin with the prefix.
    pub look: Memo<BlobLook>,
    /// Whether it is looked at for the first time.
    pub is_first: Memo<bool>,
    /// Whether it is being looked at.
    pub is_loading: Signal<bool>,
    /// Why what is known could not be read again.
    pub stale: Memo<Option<ArmError>>,
    /// Looks again.
    pub again: Callback<()>,
    account: Reading<StorageAccount>,
}

impl TargetReading {
    /// The change of the account that keeps a rule, as the account was read.
    pub fn change(self, rule: TargetRule, vault: &BackupVault) -> Option<AccountChange> {
        self.account
            .data
            .with(|account| findings::restore::change(rule, account.as_ref()?, vault))
    }
}

/// Looks at once.
pub fn use_target_reading(
    instance: ResourceId,
    place: Place,
    vault: Memo<Option<BackupVault>>,
    prefix: Memo<String>,
    on_verdict: Callback<Verdict>,
) -> TargetReading {
    let services = StoredValue::new_local(use_services());
    let place = StoredValue::new(place);
    let accounts = move || services.with_value(|services| services.arm.storage_accounts());
    let account = use_reading(move || {
        let (accounts, id) = (accounts(), place.with_value(|place| place.account.clone()));
        async move { accounts.get(&id).await }
    });
    let container = use_reading(move || {
        let (accounts, place) = (accounts(), place.get_value());
        async move {
            let found = accounts.container(&place.account, &place.container).await?;
            Ok(found.is_some())
        }
    });
    let last = use_reading(move || {
        let service = services.with_value(|services| services.arm.data_protection());
        let (vault, instance) = (place.with_value(|place| place.vault.clone()), instance.clone());
        async move {
            let jobs = service.jobs(&vault)?.collect().await?;
            Ok(findings::restore::last_restore(&jobs, &instance))
        }
    });
    let blobs = use_prefix_look(place, account.data, container.data, prefix);
    let look = blobs.look;
    let look_again = Callback::new(move |()| {
        account.again.run(());
        container.again.run(());
        last.again.run(());
    });
    let doctor = patient(&place.get_value()).map(|patient| use_doctor(patient, look_again));
    let again = Callback::new(move |()| {
        look_again.run(());
        blobs.again.run(());
        if let Some(doctor) = doctor {
            doctor.reading.again.run(());
        }
    });
    let is_settled = Memo::new(move |_| {
        let roles = doctor.is_none_or(|doctor| settled(doctor.reading));
        settled(account) && settled(container) && settled(last) && roles
    });
    let found = Memo::new(move |before: Option<&Vec<Finding>>| {
        let before = before.map(Vec::as_slice).unwrap_or_default();
        let Some(vault) = vault.get().filter(|_| is_settled.get()) else {
            return before.to_vec();
        };
        let now = services.with_value(|services| services.page_clock.now());
        let place = place.get_value();
        let (account, container, last) = (known(account), known(container), known(last));
        let roles = doctor.map(|doctor| known(doctor.reading));
        let found = findings::restore::restore(&RestoreFacts {
            vault: &vault,
            account_id: &place.account,
            account: account.as_ref().map_err(AsRef::as_ref),
            container: place.container.as_str(),
            container_exists: container.as_ref().copied().map_err(AsRef::as_ref),
            missing_roles: match &roles {
                // Without an identity there is nobody to have a role.
                None => Ok(&[]),
                Some(Ok(diagnosis)) => Ok(diagnosis.missing.as_slice()),
                Some(Err(problem)) => Err(problem),
            },
            prefix: &prefix.get(),
            look: &look.get(),
            last_restore: last.as_ref().map(Option::as_ref).map_err(AsRef::as_ref),
            now,
        });
        let mut found = findings::with_mended(before, found);
        // A prefix is not mended by being taken away.
        found.retain(|finding| finding.id != TargetRule::Prefix.id() || finding.severity != Severity::Mended);
        found
    });
    let verdict = Memo::new(move |_| {
        let is_asking =
            prefix.with(|prefix| !prefix.is_empty()) && look.with(|look| *look == BlobLook::Asking);
        match is_settled.get().then(|| found.with(|found| judged(found))) {
            Some(Verdict::Clear) if is_asking => Verdict::Checking,
            Some(verdict) => verdict,
            None => Verdict::Checking,
        }
    });
    Effect::new(move |_| on_verdict.run(verdict.get()));
    TargetReading {
        place,
        doctor,
        found,
        verdict,
        look,
        is_first: Memo::new(move |_| !is_settled.get()),
        is_loading: Signal::derive(move || {
            account.is_loading.get() || container.is_loading.get() || last.is_loading.get()
        }),
        stale: Memo::new(move |_| stale(account).or(stale(container)).or(stale(last))),
        again,
        account,
    }
}

fn patient(place: &Place) -> Option<Patient> {
    let container = place.account.child("blobServices", "default").ok()?;
    let container = container.child("containers", place.container.as_str()).ok()?;
    Some(Patient {
        vault: place.vault.clone(),
        principal: place.principal.clone()?,
        datasources: Vec::new(),
        key_vaults: Vec::new(),
        restores_to: Some(RestorePlace {
            account: place.account.clone(),
            container,
            location: place.location.clone(),
        }),
    })
}

/// What the findings come to; those that are mended, and the prefix that nobody could look for, count for nothing.
fn judged(found: &[Finding]) -> Verdict {
    let is_unlisted =
        |finding: &Finding| finding.id == TargetRule::Prefix.id() && finding.severity == Severity::Info;
    let has = |severity| {
        let mut found = found.iter();
        found.any(|finding| finding.severity == severity && !is_unlisted(finding))
    };
    if has(Severity::Blocks) {
        Verdict::Blocks
    } else if has(Severity::Warns) {
        Verdict::Warns
    } else if has(Severity::Info) {
        Verdict::Unknown
    } else {
        Verdict::Clear
    }
}

/// Whether it was read once, or is known not to be readable.
fn settled<T: Send + Sync>(reading: Reading<T>) -> bool {
    reading.data.with(Option::is_some) || reading.problem.with(Option::is_some)
}

/// The last good data, or why there are none.
fn known<T: Clone + Send + Sync>(reading: Reading<T>) -> Result<T, Box<Problem>> {
    let problem = || {
        let problem = |error: &Option<ArmError>| error.as_ref().map(Problem::in_full);
        Box::new(reading.problem.with(problem).unwrap_or_default())
    };
    reading.data.get().ok_or_else(problem)
}

fn stale<T: Send + Sync>(reading: Reading<T>) -> Option<ArmError> {
    let is_known = reading.data.with(Option::is_some);
    reading.problem.get().filter(|_| is_known)
}
