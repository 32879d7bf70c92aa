//! Reads the last backups of the servers in sight: four at a time, slower when Azure says so.

use std::{cell::RefCell, rc::Rc, time::Duration};

use arm_client::{ArmClient, ArmError};
use arm_core::{Clock, ResourceId};

use super::{
    known::{Known, LastBackup},
    queue::{Queue, Then},
};
use crate::{prelude::*, services::use_services};

/// The last backups of the servers, read as their rows come into sight.
#[derive(Clone, Copy)]
pub struct LastBackups {
    work: StoredValue<Rc<Work>, LocalStorage>,
    /// Changes whenever something becomes known.
    changes: RwSignal<u32>,
}

struct Work {
    arm: ArmClient,
    clock: Rc<dyn Clock>,
    owner: Option<Owner>,
    queue: RefCell<Queue>,
    known: Rc<RefCell<Known>>,
    in_sight: RefCell<Vec<(String, ResourceId)>>,
}

impl LastBackups {
    /// A reader that lasts as long as the present owner; what is `known` outlives it.
    pub fn provide(known: Rc<RefCell<Known>>) -> Self {
        let services = use_services();
        let work = Work {
            // One refusal slows all, so the client must not wait by itself.
            arm: services.arm.clone().sending_once(),
            clock: services.clock.clone(),
            owner: Owner::current(),
            queue: RefCell::default(),
            known,
            in_sight: RefCell::default(),
        };
        Self {
            work: StoredValue::new_local(Rc::new(work)),
            changes: RwSignal::new(0),
        }
    }

    /// What is known of a server, now and whenever that changes.
    pub fn get(self, key: &str) -> Option<LastBackup> {
        self.changes.track();
        self.get_untracked(key)
    }

    /// What is known of a server now.
    pub fn get_untracked(self, key: &str) -> Option<LastBackup> {
        self.work.with_value(|work| work.known.borrow().get(key).cloned())
    }

    /// A server came into sight.
    pub fn enter(self, key: &str, server: &ResourceId) {
        self.work.with_value(|work| {
            let mut in_sight = work.in_sight.borrow_mut();
            if !in_sight.iter().any(|(known, _)| known == key) {
                in_sight.push((key.to_owned(), server.clone()));
            }
            if !work.known.borrow().is_fresh(key) {
                work.queue.borrow_mut().want(key);
            }
        });
        self.go_on();
    }

    /// A server went out of sight.
    pub fn leave(self, key: &str) {
        self.work.try_with_value(|work| {
            work.in_sight.borrow_mut().retain(|(known, _)| known != key);
            work.queue.borrow_mut().leave(key);
        });
    }

    /// Reads all again, as they are in sight; what is known is shown until then.
    pub fn refresh(self) {
        self.work.with_value(|work| {
            work.known.borrow_mut().make_old();
            let mut queue = work.queue.borrow_mut();
            work.in_sight.borrow().iter().for_each(|(key, _)| queue.want(key));
        });
        self.go_on();
    }

    /// The server is about to change: it is read again when its row is seen next.
    pub fn make_old(self, key: &str) {
        self.work
            .with_value(|work| work.known.borrow_mut().make_one_old(key));
    }

    fn go_on(self) {
        let work = self.work.get_value();
        loop {
            let Some(key) = work.queue.borrow_mut().next() else {
                return;
            };
            let server = work
                .in_sight
                .borrow()
                .iter()
                .find(|(known, _)| *known == key)
                .cloned();
            let Some((_, server)) = server else {
                work.queue.borrow_mut().done(&key);
                continue;
            };
            let task = move || spawn_local_scoped_with_cancellation(self.read(key, server));
            match &work.owner {
                Some(owner) => owner.with(task),
                None => task(),
            }
        }
    }

    async fn read(self, key: String, server: ResourceId) {
        let work = self.work.get_value();
        let outcome = work.arm.backups(&server).list().await;
        let last = match &outcome {
            Ok(backups) => Some(LastBackup::of(backups)),
            Err(error) => self.after_failure(&work, &key, error).await,
        };
        if let Some(last) = last {
            work.queue.borrow_mut().done(&key);
            work.known.borrow_mut().set(&key, last);
            self.changes.update(|changes| *changes = changes.wrapping_add(1));
        }
        self.go_on();
    }

    /// Waits as long as it takes until the server may be asked again; gives what is shown if it is not.
    async fn after_failure(self, work: &Work, key: &str, error: &ArmError) -> Option<LastBackup> {
        let unknown = || Some(LastBackup::unread(error));
        let tries = work.queue.borrow().tries(key);
        let Some((wait, slows_all)) = rest(error, tries) else {
            return unknown();
        };
        let mut then = work.queue.borrow_mut().failed(key, slows_all);
        if then == Then::Rest {
            self.go_on();
            work.clock.sleep(wait).await;
            then = work.queue.borrow_mut().rested(key, slows_all);
        }
        if then == Then::GiveUp { unknown() } else { None }
    }
}

/// How long to wait before the server is asked again, and whether all others wait as well; `None` where asking again
/// is in vain.
fn rest(error: &ArmError, tries: u32) -> Option<(Duration, bool)> {
    let own = Duration::from_secs(1 << tries.saturating_sub(1).min(6));
    match error {
        ArmError::Transport(_) => Some((own, false)),
        ArmError::Service(service) => match (service.status, service.retry_after) {
            (429, wait) => Some((wait.unwrap_or(own * 5), true)),
            (503, Some(wait)) => Some((wait, true)),
            (501 | 505, _) => None,
            (408 | 500.., wait) => Some((wait.unwrap_or(own), false)),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use arm_client::ServiceError;
    use arm_core::TransportError;

    use super::*;

    #[test]
    fn too_many_requests_slow_all_and_other_trouble_only_the_one() {
        let refused = |status, wait: Option<u64>| {
            ArmError::Service(Box::new(ServiceError {
                status,
                retry_after: wait.map(Duration::from_secs),
                ..ServiceError::default()
            }))
        };
        for (error, tries, expected) in [
            (refused(429, Some(17)), 1, Some((17, true))),
            (refused(429, None), 1, Some((5, true))),
            (refused(429, None), 3, Some((20, true))),
            (refused(503, Some(9)), 1, Some((9, true))),
            (refused(503, None), 2, Some((2, false))),
            (refused(500, None), 3, Some((4, false))),
            (refused(408, None), 1, Some((1, false))),
            (refused(501, None), 1, None),
            (refused(403, None), 1, None),
            (refused(404, None), 1, None),
            (
                ArmError::Transport(TransportError::new("gone")),
                1,
                Some((1, false)),
            ),
        ] {
            let rest = rest(&error, tries).map(|(wait, slows_all)| (wait.as_secs(), slows_all));
            assert_eq!(rest, expected, "{error} {tries}");
        }
    }
}
