//! Validating and configuring what is in the list; it lasts as long as the wizard, so that going back and forth between
//! the steps loses nothing that still holds.

use arm_client::{
    ArmError,
    data_protection::{NewInstance, instance_name},
};
use arm_core::ResourceId;
use uuid::Uuid;

use super::{
    Base,
    checks::Checks,
    row::{Check, Row},
    stage::{Facts, Stage, reason, stage},
    state::Choices,
    verdict::Count,
};
use crate::{
    hooks::{Validating, Validation, use_validation},
    prelude::*,
    stores::operations::{
        Act, Operation, Operations, ProtectionKind, ProtectionRequest, Start, use_operations,
    },
    ui::live_region::announce,
};

/// How many are validated at a time.
const AT_A_TIME: usize = 3;

/// A datasource on its way under the vault.
#[derive(Clone, Copy)]
pub struct Item {
    /// The datasource.
    pub row: Row,
    /// What Azure is asked to protect, once it is known.
    pub new: Memo<Option<NewInstance>>,
    /// The instance that is made of it.
    pub instance: Memo<Option<ResourceId>>,
    /// How far it is.
    pub stage: Memo<Stage>,
    /// The operation that protects it, once it has begun.
    pub operation: Memo<Option<Operation>>,
    operations: Operations,
    validating: Validating,
    /// What Azure's answer is about.
    validated: RwSignal<Option<NewInstance>>,
    is_wanted: RwSignal<bool>,
    is_sending: RwSignal<bool>,
    refusal: RwSignal<Option<Box<ArmError>>>,
}

/// All of them.
#[derive(Clone, Copy)]
pub struct Review {
    /// In the order of the list.
    pub items: RwSignal<Vec<Item>>,
    /// How far each is.
    pub stages: Memo<Vec<Stage>>,
    /// Asks Azure about one, or about all that can be asked about.
    pub validate: Callback<Option<Item>>,
    /// Sends the request of each that can be configured, once.
    pub configure: Callback<()>,
}

impl Review {
    /// Follows the list.
    pub fn of(base: Base, checks: Checks) -> Self {
        let items = RwSignal::new(Vec::<Item>::new());
        let owner = Owner::current().unwrap_or_default();
        Effect::new(move |_| {
            let rows = checks.rows.get();
            let sources: Vec<_> = rows.iter().map(|row| row.source.get_value()).collect();
            if base
                .draft
                .with_untracked(|draft| sources.iter().any(|source| draft.guid(source).is_none()))
            {
                base.draft.update(|draft| draft.name(&sources, Uuid::new_v4));
            }
            let before = items.get_untracked();
            let item = |row: Row| {
                let known = before.iter().find(|item| item.row.check == row.check).copied();
                known.unwrap_or_else(|| owner.with(|| Item::new(base, row)))
            };
            items.set(rows.into_iter().map(item).collect());
        });
        let stages = Memo::new(move |_| {
            items.with(|items| items.iter().map(|item| item.stage.get()).collect::<Vec<_>>())
        });
        // A few at a time: the next begins when one has ended.
        Effect::new(move |_| {
            let items = items.get();
            let running = items
                .iter()
                .filter(|item| item.validating.state.get() == Validation::Running);
            let free = AT_A_TIME.saturating_sub(running.count());
            let wanted: Vec<_> = items
                .into_iter()
                .filter(|item| item.is_wanted.get() && item.new.with(Option::is_some))
                .collect();
            wanted
                .into_iter()
                .take(free)
                .for_each(|item| item.begin_validation(base));
        });
        say_the_end(stages);
        Self {
            items,
            stages,
            validate: Callback::new(move |item: Option<Item>| {
                let all = items.get_untracked();
                let wanted = all.into_iter().filter(|known| match item {
                    Some(item) => item.row.check == known.row.check,
                    None => true,
                });
                for item in wanted.filter(|item| item.stage.with_untracked(Stage::can_be_validated)) {
                    item.is_wanted.set(true);
                }
            }),
            configure: Callback::new(move |()| items.get_untracked().into_iter().for_each(Item::configure)),
        }
    }

    /// Why *Configure backup* is off.
    pub fn reason(self) -> Option<String> {
        self.stages.with(|stages| reason(stages))
    }

    /// Whether a request was sent for each: nothing is lost by leaving.
    pub fn is_begun(self) -> bool {
        self.stages
            .with(|stages| !stages.is_empty() && stages.iter().all(Stage::is_begun))
    }
}

impl Item {
    fn new(base: Base, row: Row) -> Self {
        let operations = use_operations();
        let new = Memo::new(move |before: Option<&Option<NewInstance>>| {
            let policy = base.choices.with(|choices| choices.policy_id())?;
            // While it is looked at again, what was known of it holds: a click meanwhile is no click on nothing.
            let is_looked_at = row
                .check
                .with(|check| matches!(check, Check::Waiting | Check::UnderWay(_)));
            let secret = row.secret_id().ok().map(|secret| secret.uri);
            let kept = || {
                let before = before.cloned().flatten()?;
                (is_looked_at && before.policy == policy && before.secret == secret).then_some(before)
            };
            row.instance(&policy).or_else(kept)
        });
        let instance = Memo::new(move |_| {
            let vault = base.choices.with(|choices| choices.vault.clone())?;
            let guid = row
                .source
                .with_value(|source| base.draft.with(|draft| draft.guid(source)))?;
            let name = new.with(|new| Some(instance_name(&new.as_ref()?.datasource, &guid.to_string())))?;
            vault.child("backupInstances", &name).ok()
        });
        let operation = Memo::new_with_compare(
            move |_| {
                let instance = instance.get()?;
                // What was begun under another policy says nothing of the one that is chosen now.
                let wanted = base.choices.with(Choices::policy_id);
                let is_it = |operation: &Operation| match &operation.act {
                    Act::Protection { kind, policy } => {
                        *kind == ProtectionKind::Configure
                            && operation.target == instance
                            && (policy.is_none() || *policy == wanted)
                    }
                    _ => false,
                };
                operations.all().into_iter().rev().find(is_it)
            },
            |_, _| true,
        );
        let validating = use_validation();
        let validated = RwSignal::new(None::<NewInstance>);
        let (is_wanted, is_sending) = (RwSignal::new(false), RwSignal::new(false));
        let refusal = RwSignal::new(None);
        // What Azure said holds for what it was asked about.
        Effect::new(move |_| {
            let is_another = new.with(|new| {
                new.is_some() && validated.with(|validated| validated.is_some() && validated != new)
            });
            if is_another {
                let was_said = validating
                    .state
                    .with_untracked(|state| *state != Validation::Idle);
                validating.void.run(());
                validated.set(None);
                refusal.set(None);
                if was_said {
                    announce("Validation is void. Validate again.", false);
                }
            }
        });
        // What was missing has been mended: Azure is asked again, if it was asked at all.
        Effect::watch(
            move || row.mended.get(),
            move |_, _, _| {
                if validated.with_untracked(Option::is_some) {
                    validating.void.run(());
                    is_wanted.set(true);
                }
            },
            false,
        );
        let stage = Memo::new(move |_| {
            stage(Facts {
                is_ready: new.with(Option::is_some),
                is_to_mend: row.verdict.with(|verdict| verdict.count == Count::ToMend),
                is_waiting: is_wanted.get(),
                validation: validating.state.get(),
                is_sending: is_sending.get(),
                refusal: refusal.get(),
                operation: operation.with(|operation| Some(operation.as_ref()?.progress.clone())),
            })
        });
        Self {
            row,
            new,
            instance,
            stage,
            operation,
            operations,
            validating,
            validated,
            is_wanted,
            is_sending,
            refusal,
        }
    }

    fn begin_validation(self, base: Base) {
        let vault = base.choices.with_untracked(|choices| choices.vault.clone());
        self.is_wanted.set(false);
        if let (Some(vault), Some(new)) = (vault, self.new.get_untracked()) {
            self.validated.set(Some(new.clone()));
            self.validating.validate.run((vault, new));
        }
    }

    /// Sends its request if it can be configured; a second click while that is on its way does nothing.
    fn configure(self) {
        let can_be = self.stage.with_untracked(Stage::can_be_configured);
        let (Some(instance), Some(new)) = (self.instance.get_untracked(), self.new.get_untracked()) else {
            return;
        };
        if !can_be {
            return;
        }
        self.is_sending.set(true);
        self.refusal.set(None);
        let operations = self.operations;
        spawn_local(async move {
            let start = operations
                .protect(instance, ProtectionRequest::Configure(new))
                .await;
            // The wizard may be gone by now; the store goes on without it.
            if let Start::Refused(refused) = start {
                self.refusal.try_set(Some(Box::new(refused.error)));
            }
            self.is_sending.try_set(false);
        });
    }
}

/// Says once that all validations have ended, and how.
fn say_the_end(stages: Memo<Vec<Stage>>) {
    Effect::new(move |before: Option<bool>| {
        let (is_under_way, words) = stages.with(|stages| {
            let is_under_way = |stage: &&Stage| matches!(stage, Stage::Waiting | Stage::Validating);
            let not_valid = stages
                .iter()
                .filter(|stage| matches!(stage, Stage::NotValid(_)))
                .count();
            let not_known = stages.iter().filter(|stage| **stage == Stage::NotKnown).count();
            let is_all_valid = stages
                .iter()
                .all(|stage| *stage == Stage::Valid || stage.is_begun());
            let words = match (not_valid, not_known) {
                (0, 0) if is_all_valid => "Validated. Configure backup is available.".to_owned(),
                (0, 0) => String::new(),
                (0, unknown) => format!("Validation not known: {unknown} of {}.", stages.len()),
                (wrong, _) => format!("Not valid: {wrong} of {}.", stages.len()),
            };
            (stages.iter().any(|stage| is_under_way(&stage)), words)
        });
        if before == Some(true) && !is_under_way && !words.is_empty() {
            announce(&words, false);
        }
        is_under_way
    });
}
