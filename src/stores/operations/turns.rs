//! The turns of this tab to ask the service.

use std::{
    cell::{Cell, RefCell},
    ops::ControlFlow,
    rc::Rc,
    time::Duration,
};

use arm_core::{Clock, LocalFuture, Timestamp};
use uuid::Uuid;

use super::{
    Operation, Operations, Pace,
    leadership::Turn,
    nudge::first_of,
    tabs::{Lease, Tabs},
};

/// The turns of one task that follows an entry.
pub struct Turns {
    operations: Operations,
    clock: Rc<dyn Clock>,
    tabs: Rc<Tabs>,
    id: Uuid,
    follower: u32,
    is_hurried: Cell<bool>,
    lease: RefCell<Option<Lease>>,
}

impl Turns {
    /// The turns of the task that follows the entry from now on; with `at_once` the first one comes without a wait.
    pub fn new(operations: Operations, entry: &Operation, at_once: bool) -> Self {
        Self {
            operations,
            clock: Rc::clone(&operations.services.read_value().clock),
            tabs: operations.tabs.get_value(),
            id: entry.id,
            follower: entry.follower,
            is_hurried: Cell::new(at_once),
            lease: RefCell::new(None),
        }
    }

    fn is_followed(&self) -> bool {
        self.operations.is_followed(self.id, self.follower)
    }

    /// Rests, unless the entry gets another follower or none meanwhile; whether it was to the end.
    async fn rest(&self, wait: Duration) -> bool {
        let mut rest = self.clock.sleep(wait);
        while !first_of(&mut rest, self.tabs.nudge.next()).await {
            if !self.is_followed() {
                return false;
            }
        }
        true
    }

    async fn own_turn(&self, wait: Duration) -> ControlFlow<()> {
        self.lease.take();
        let mut waited = wait;
        if !self.rest(wait).await {
            return ControlFlow::Break(());
        }
        while self.is_followed() {
            match self.tabs.standing().turn(waited) {
                Turn::Ask => return ControlFlow::Continue(()),
                Turn::WaitForChange => self.tabs.nudge.next().await,
                Turn::Rest(rest) => {
                    let mut rest_of_it = self.clock.sleep(rest);
                    if first_of(&mut rest_of_it, self.tabs.nudge.next()).await {
                        waited += rest;
                    }
                }
                Turn::AskIfAlone => match self.operations.lease().await {
                    Some(lease) => {
                        self.lease.replace(Some(lease));
                        return ControlFlow::Continue(());
                    }
                    None => waited = Duration::ZERO,
                },
            }
        }
        ControlFlow::Break(())
    }
}

impl Pace for Turns {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn turn(&self, wait: Duration) -> LocalFuture<'_, ControlFlow<()>> {
        Box::pin(async move {
            if !self.is_hurried.take() {
                return self.own_turn(wait).await;
            }
            // The user cannot wait: it is asked, whoever else asks.
            if self.is_followed() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })
    }
}
