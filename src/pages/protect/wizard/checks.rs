//! Looking at each datasource of the list: what is known to stand in its way, before Azure is asked to validate.

use arm_core::ResourceId;

use super::{
    Base,
    look::look,
    row::{Check, Row},
    verdict::Count,
};
use crate::{prelude::*, problem::Problem, services::use_services, session::use_session};

/// How many are looked at at a time.
const AT_A_TIME: usize = 3;

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
        let (services, session) = (use_services(), use_session());
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
                        let seen = look(&arm, session, &vault, source, secret).await;
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
