//! The emulator without a wire.

use std::{cell::RefCell, rc::Rc, time::Duration};

use arm_core::{Clock, LocalFuture, Request, Response, Transport, TransportError};

use crate::{Delivery, World};

/// How long a browser waits for an answer: Chromium gives up after five minutes.
const PATIENCE: Duration = Duration::from_secs(300);

/// A transport to a world in the same process; it gives what a browser would give.
#[derive(Clone)]
pub struct InProcess {
    world: Rc<RefCell<World>>,
    clock: Rc<dyn Clock>,
    requests: Rc<RefCell<Vec<Request>>>,
}

impl InProcess {
    /// A transport to `world`, whose time is that of `clock`.
    pub fn new(world: Rc<RefCell<World>>, clock: Rc<dyn Clock>) -> Self {
        Self {
            world,
            clock,
            requests: Rc::default(),
        }
    }

    /// Every request so far, in order.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.borrow().clone()
    }
}

impl Transport for InProcess {
    fn send(&self, request: Request) -> LocalFuture<'_, Result<Response, TransportError>> {
        Box::pin(async move {
            let reply = self.world.borrow_mut().handle(&request, self.clock.now());
            self.requests.borrow_mut().push(request);
            match reply.delivery {
                Delivery::Normal | Delivery::Reset => {}
                Delivery::After(delay) => self.clock.sleep(delay).await,
                Delivery::Never => self.clock.sleep(PATIENCE).await,
            }
            reply
                .as_seen_by_a_browser()
                .ok_or_else(|| TransportError::new("Failed to fetch"))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::{pin::pin, task::Context, task::Poll, task::Waker};

    use arm_core::{Method, VirtualClock};

    use super::*;
    use crate::{
        Fault, FaultKind, RequestMatcher,
        testing::{noon, token, url},
    };

    struct Rig {
        transport: InProcess,
        world: Rc<RefCell<World>>,
        clock: Rc<VirtualClock>,
    }

    fn rig() -> Rig {
        let world = Rc::new(RefCell::new(World::new(7, noon())));
        let clock = Rc::new(VirtualClock::starting_at(noon()));
        let transport = InProcess::new(Rc::clone(&world), Rc::clone(&clock) as Rc<dyn Clock>);
        Rig {
            transport,
            world,
            clock,
        }
    }

    /// On a virtual clock nothing ever waits, so one poll is enough.
    fn send(rig: &Rig) -> Result<Response, TransportError> {
        let authorization = format!("Bearer {}", token("0a1b2c3d-0000-4000-8000-000000000001"));
        let request = Request::new(Method::Get, url("/subscriptions", "2022-12-01"))
            .with_header("Authorization", authorization);
        let mut answer = pin!(rig.transport.send(request));
        match answer.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer,
            Poll::Pending => panic!("the transport waits for something else than the clock"),
        }
    }

    fn inject(rig: &Rig, kind: FaultKind) {
        let matching = RequestMatcher::default();
        rig.world.borrow_mut().faults().inject(Fault {
            matching,
            kind,
            times: 1,
        });
    }

    #[test]
    fn an_answer_is_what_a_browser_shows_and_requests_are_kept() {
        let rig = rig();
        let response = send(&rig).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(response.status, 200);
        assert!(
            response.headers.get("x-ms-request-id").is_some(),
            "{:?}",
            response.headers
        );
        assert_eq!(rig.transport.requests().len(), 1);
        assert_eq!(rig.clock.elapsed(), Duration::ZERO);
    }

    #[test]
    fn no_answer_is_an_error_at_once_or_when_a_browser_gives_up() {
        for (kind, seconds) in [
            (FaultKind::NoAnswer, 0),
            (FaultKind::WithoutCors, 0),
            (FaultKind::Never, 300),
        ] {
            let rig = rig();
            inject(&rig, kind.clone());
            assert_eq!(
                send(&rig),
                Err(TransportError::new("Failed to fetch")),
                "{kind:?}"
            );
            assert_eq!(rig.clock.elapsed(), Duration::from_secs(seconds), "{kind:?}");
        }
    }

    #[test]
    fn a_late_answer_takes_its_time() {
        let rig = rig();
        inject(&rig, FaultKind::Delay { seconds: 20 });
        assert!(send(&rig).is_ok());
        assert_eq!(rig.clock.elapsed(), Duration::from_secs(20));
    }
}
