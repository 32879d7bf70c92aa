//! A promise between two tasks of this tab.

use std::{cell::RefCell, future::poll_fn, rc::Rc, task::Poll, task::Waker};

/// A promise of one value: what keeps it, and what waits for it.
pub fn oneshot<T: 'static>() -> (impl FnOnce(T), impl Future<Output = T>) {
    let slot: Rc<RefCell<(Option<T>, Option<Waker>)>> = Rc::default();
    let writer = Rc::clone(&slot);
    let tell = move |value| {
        let mut slot = writer.borrow_mut();
        slot.0 = Some(value);
        if let Some(waker) = slot.1.take() {
            waker.wake();
        }
    };
    let answer = poll_fn(move |context| {
        let mut slot = slot.borrow_mut();
        if let Some(value) = slot.0.take() {
            return Poll::Ready(value);
        }
        slot.1 = Some(context.waker().clone());
        Poll::Pending
    });
    (tell, answer)
}
