//! What is under way once at a time, and waited for by many.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};

/// Something that is under way or not.
#[derive(Default)]
pub(crate) struct Flight {
    is_under_way: Cell<bool>,
    waiting: RefCell<Vec<Waker>>,
}

/// Ends it when dropped, also where whoever waits for its end does so no more.
pub(crate) struct UnderWay(Rc<Flight>);

impl Flight {
    /// Begins it; `None` while it is under way.
    pub(crate) fn begin(self: &Rc<Self>) -> Option<UnderWay> {
        let is_first = !self.is_under_way.replace(true);
        is_first.then(|| UnderWay(Rc::clone(self)))
    }

    /// Whether it is under way.
    pub(crate) fn is_under_way(&self) -> bool {
        self.is_under_way.get()
    }

    /// Ends when it is not under way.
    pub(crate) async fn over(&self) {
        poll_fn(|context| {
            if !self.is_under_way.get() {
                return Poll::Ready(());
            }
            self.waiting.borrow_mut().push(context.waker().clone());
            Poll::Pending
        })
        .await;
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.is_under_way.set(false);
        self.0.waiting.take().into_iter().for_each(Waker::wake);
    }
}
