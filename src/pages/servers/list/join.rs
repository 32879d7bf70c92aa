//! Two things at once.

use std::{
    future::poll_fn,
    pin::pin,
    task::{Context, Poll},
};

/// Goes on with both and gives both results.
pub async fn join<A, B>(one: impl Future<Output = A>, other: impl Future<Output = B>) -> (A, B) {
    let (mut one, mut other) = (pin!(one), pin!(other));
    let (mut first, mut second) = (None, None);
    poll_fn(move |context: &mut Context<'_>| {
        if first.is_none()
            && let Poll::Ready(result) = one.as_mut().poll(context)
        {
            first = Some(result);
        }
        if second.is_none()
            && let Poll::Ready(result) = other.as_mut().poll(context)
        {
            second = Some(result);
        }
        match (first.take(), second.take()) {
            (Some(first), Some(second)) => Poll::Ready((first, second)),
            (one, other) => {
                (first, second) = (one, other);
                Poll::Pending
            }
        }
    })
    .await
}

#[cfg(test)]
mod tests {
    use std::{cell::Cell, task::Waker};

    use super::*;

    /// Ready at the poll of this number.
    fn after(polls: u32) -> impl Future<Output = u32> {
        let polled = Cell::new(0);
        poll_fn(move |_| {
            polled.set(polled.get() + 1);
            if polled.get() >= polls {
                Poll::Ready(polls)
            } else {
                Poll::Pending
            }
        })
    }

    #[test]
    fn both_go_on_and_neither_is_asked_after_its_end() {
        for (one, other) in [(1, 1), (1, 3), (3, 1), (2, 3)] {
            let mut both = pin!(join(after(one), after(other)));
            let mut context = Context::from_waker(Waker::noop());
            let mut polls = 0;
            let result = loop {
                polls += 1;
                if let Poll::Ready(result) = both.as_mut().poll(&mut context) {
                    break result;
                }
            };
            assert_eq!((result, polls), ((one, other), one.max(other)));
        }
    }
}
