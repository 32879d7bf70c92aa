//! Waking every task of this tab that waits for a change.

use std::{
    cell::RefCell,
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};

/// What changes are told with.
#[derive(Clone, Default)]
pub struct Nudge(Rc<RefCell<(u64, Vec<Waker>)>>);

impl Nudge {
    /// Tells everybody who waits.
    pub fn all(&self) {
        let wakers = {
            let mut inner = self.0.borrow_mut();
            inner.0 += 1;
            std::mem::take(&mut inner.1)
        };
        wakers.into_iter().for_each(Waker::wake);
    }

    /// Ends with the next change after this call.
    pub fn next(&self) -> impl Future<Output = ()> + use<> {
        let (inner, seen) = (Rc::clone(&self.0), self.0.borrow().0);
        poll_fn(move |context| {
            let mut inner = inner.borrow_mut();
            if inner.0 != seen {
                return Poll::Ready(());
            }
            if !inner.1.iter().any(|waker| waker.will_wake(context.waker())) {
                inner.1.push(context.waker().clone());
            }
            Poll::Pending
        })
    }
}

/// Ends with whichever of the two ends first; whether it was the first one.
pub async fn first_of(one: &mut (impl Future<Output = ()> + Unpin), other: impl Future<Output = ()>) -> bool {
    let mut other = std::pin::pin!(other);
    let mut one = std::pin::Pin::new(one);
    poll_fn(move |context| {
        if one.as_mut().poll(context).is_ready() {
            return Poll::Ready(true);
        }
        other.as_mut().poll(context).map(|()| false)
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::{future::pending, pin::pin, task::Context};

    use super::*;

    #[test]
    fn a_change_ends_every_wait_that_began_before_it() {
        let nudge = Nudge::default();
        let mut context = Context::from_waker(Waker::noop());
        let (mut one, mut other) = (pin!(nudge.next()), pin!(nudge.next()));
        assert!(one.as_mut().poll(&mut context).is_pending());
        nudge.all();
        assert!(one.as_mut().poll(&mut context).is_ready());
        assert!(
            other.as_mut().poll(&mut context).is_ready(),
            "though it was not polled"
        );
        assert!(
            pin!(nudge.next()).poll(&mut context).is_pending(),
            "a later wait is for a later change"
        );
    }

    #[test]
    fn the_first_of_two_is_told() {
        let mut context = Context::from_waker(Waker::noop());
        let (mut never, mut ready) = (Box::pin(pending()), Box::pin(async {}));
        assert_eq!(
            pin!(first_of(&mut ready, pending())).poll(&mut context),
            Poll::Ready(true)
        );
        assert_eq!(
            pin!(first_of(&mut never, async {})).poll(&mut context),
            Poll::Ready(false)
        );
    }
}
