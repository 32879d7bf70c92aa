//! Reading the jobs of all vaults, and beside them which subscriptions are read.

use std::sync::Arc;

use arm_client::{ArmClient, ArmError, Subscription, data_protection::BackupJob};
use arm_core::ResourceId;

use crate::{
    components::directories::Absent,
    pages::{
        jobs::row::Row,
        servers::list::{
            coverage::{Coverage, Unread, doubtful},
            join::join,
        },
        vaults::{or_none, subscriptions},
    },
    problem::Problem,
    session::Session,
};

/// What was read.
#[derive(Debug, Clone, Default)]
pub struct Listed {
    /// The jobs.
    pub jobs: Arc<Vec<Row>>,
    /// Which subscriptions are read.
    pub coverage: Arc<Coverage>,
}

/// Reads the jobs of all subscriptions, those of other directories among them; where Resource Graph leaves a
/// subscription out, its vaults are asked.
pub async fn read(arm: ArmClient, session: Session) -> Result<Listed, ArmError> {
    let mut coverage = Coverage::default();
    let mut jobs = read_directory(&arm, &mut coverage, |_| ()).await?;
    for directory in session.directories().get_untracked() {
        let there = arm.clone().for_tenant(&directory.id);
        let learn = |listed: &[Subscription]| {
            let ids = listed.iter().map(|one| one.subscription_id.as_str());
            session.learn(&directory.id, ids);
        };
        match read_directory(&there, &mut coverage, learn).await {
            Ok(mut more) => jobs.append(&mut more),
            Err(error) => coverage.absent.push(Absent {
                directory,
                problem: Problem::in_full(&error),
            }),
        }
    }
    Ok(Listed {
        jobs: Arc::new(jobs),
        coverage: Arc::new(coverage),
    })
}

/// The jobs of one directory; `learn` is told its subscriptions.
async fn read_directory(
    arm: &ArmClient,
    coverage: &mut Coverage,
    learn: impl FnOnce(&[Subscription]),
) -> Result<Vec<Row>, ArmError> {
    let (jobs, subscriptions) = join(arm.data_protection().all_jobs(), subscriptions(arm)).await;
    let mut jobs: Vec<Row> = or_none(jobs)?.iter().map(Row::from).collect();
    match subscriptions {
        Ok((mut listed, readable)) => {
            learn(&listed);
            let of_jobs = jobs.iter().map(|job| job.id.subscription_id());
            let doubtful = doubtful(&listed, &readable, of_jobs);
            coverage.listed.get_or_insert_default().append(&mut listed);
            for subscription in doubtful {
                match of_vaults(arm, &subscription).await {
                    Ok(more) => jobs.extend(more.iter().map(Row::from)),
                    Err(error) => coverage.unread.push(Unread {
                        name: subscription.shown_name().to_owned(),
                        id: subscription.subscription_id.clone(),
                        problem: Problem::in_full(&error),
                    }),
                }
            }
        }
        Err(error) => coverage.unknown = Some(Problem::in_full(&error)),
    }
    Ok(jobs)
}

/// The jobs of a subscription that Resource Graph does not read, vault by vault.
async fn of_vaults(arm: &ArmClient, subscription: &Subscription) -> Result<Vec<BackupJob>, ArmError> {
    let protection = arm.data_protection();
    let mut jobs = Vec::new();
    for vault in protection.vaults(&subscription.id).await? {
        jobs.extend(protection.jobs(&vault.id)?.collect().await?);
    }
    Ok(jobs)
}

/// What their own vaults say of jobs takes the place of what Resource Graph says, which is minutes behind (reference C4);
/// what has ended has ended, whoever says so. Jobs that Resource Graph does not tell of yet come in addition.
pub fn refreshed(listed: &[Row], read: &[Row]) -> Vec<Row> {
    let mut rows = listed.to_vec();
    for job in read {
        match rows.iter_mut().find(|row| row.key == job.key) {
            Some(row) if row.is_to_be_followed() || !job.is_to_be_followed() => *row = job.clone(),
            Some(_) => {}
            None => rows.push(job.clone()),
        }
    }
    rows
}

/// The jobs that are worth asking their vaults for: those that run, the newest first, and no more than so many.
pub fn to_ask(rows: &[Row]) -> Vec<ResourceId> {
    const AT_ONCE: usize = 20;
    let mut running: Vec<&Row> = rows.iter().filter(|row| row.is_to_be_followed()).collect();
    running.sort_by_key(|row| std::cmp::Reverse(row.started));
    running
        .into_iter()
        .take(AT_ONCE)
        .map(|row| row.id.clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::jobs::{row::samples, state::State};

    #[test]
    fn what_a_vault_says_of_a_job_is_newer_but_no_end_is_taken_back() {
        let listed = samples::rows();
        let mut ended = listed[3].clone();
        (ended.state, ended.word) = (State::Completed, "Completed".to_owned());
        let mut runs = listed[0].clone();
        (runs.state, runs.ended) = (State::Running, None);
        let mut new = listed[3].clone();
        (new.key, new.state) = ("new".to_owned(), State::Running);
        let rows = refreshed(&listed, &[ended.clone(), runs, new.clone()]);
        assert_eq!(rows[3], ended);
        assert_eq!(rows[0], listed[0], "it has ended already");
        assert_eq!(rows[4], new);
        assert_eq!(rows.len(), 5);
    }

    #[test]
    fn those_that_run_are_asked_for_and_not_all_of_very_many() {
        let rows = samples::rows();
        let names: Vec<_> = to_ask(&rows).iter().map(|id| id.name().to_owned()).collect();
        assert_eq!(
            names,
            ["4", "3"],
            "a word that is not known may be one of those that run"
        );
        let many: Vec<Row> = (0..50).map(|_| rows[3].clone()).collect();
        assert_eq!(to_ask(&many).len(), 20);
    }
}
