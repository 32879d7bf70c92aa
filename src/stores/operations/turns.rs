//! The turns of this tab to ask the service.

use std::{cell::Cell, ops::ControlFlow, rc::Rc, time::Duration};

use arm_core::{Clock, LocalFuture, Timestamp};
use leptos::prelude::*;
use uuid::Uuid;

use super::{Operation, Operations, Pace};

/// The turns of one task that follows an entry.
pub struct Turns {
    operations: Operations,
    clock: Rc<dyn Clock>,
    id: Uuid,
    follower: u32,
    is_hurried: Cell<bool>,
}

impl Turns {
    /// The turns of the task that follows the entry from now on; with `at_once` the first one comes without a wait.
    pub fn new(operations: Operations, entry: &Operation, at_once: bool) -> Self {
        Self {
            operations,
            clock: Rc::clone(&operations.services.read_value().clock),
            id: entry.id,
            follower: entry.follower,
            is_hurried: Cell::new(at_once),
        }
    }
}

impl Pace for Turns {
    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn turn(&self, wait: Duration) -> LocalFuture<'_, ControlFlow<()>> {
        Box::pin(async move {
            if !self.is_hurried.take() {
                self.clock.sleep(wait).await;
            }
            if self.operations.is_followed(self.id, self.follower) {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })
    }
}
