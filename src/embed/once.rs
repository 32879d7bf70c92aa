//! A value that comes once, and how long it is waited for.

use std::{cell::RefCell, future::poll_fn, pin::pin, rc::Rc, task::Poll, task::Waker, time::Duration};

use arm_core::Clock;

/// A value that comes once.
pub struct Once<T>(Rc<RefCell<State<T>>>);

struct State<T> {
    value: Option<T>,
    waiting: Option<Waker>,
}

impl<T> Clone for Once<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self(Rc::new(RefCell::new(State {
            value: None,
            waiting: None,
        })))
    }
}

impl<T> Once<T> {
    /// It has come.
    pub fn give(&self, value: T) {
        let mut state = self.0.borrow_mut();
        state.value = Some(value);
        if let Some(waker) = state.waiting.take() {
            waker.wake();
        }
    }

    /// Waits for it; `None` where it takes longer than `patience`.
    pub async fn within(self, patience: Duration, clock: &dyn Clock) -> Option<T> {
        let mut end = pin!(clock.sleep(patience));
        poll_fn(|context| {
            let mut state = self.0.borrow_mut();
            if let Some(value) = state.value.take() {
                return Poll::Ready(Some(value));
            }
            state.waiting = Some(context.waker().clone());
            drop(state);
            end.as_mut().poll(context).map(|()| None)
        })
        .await
    }
}
