//! What one message does to a world; pure.

use std::time::Duration;

use arm_core::{Method, Request, Timestamp};
use arm_emulator::{Delivery, World};

use crate::protocol::{Command, Message, Notice};

/// Which freedoms of ARM's contract the demo's world takes: always the same.
const SEED: u64 = 1;

/// What follows from a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// What to tell the page; `None` where it would wait in vain.
    pub notice: Option<Notice>,
    /// How long the answer takes to arrive.
    pub delay: Duration,
    /// Whether the world must be kept before the page is told.
    pub is_write: bool,
}

/// The world a visitor finds first.
pub fn default_world(now: Timestamp) -> World {
    World::new(SEED, now)
}

/// Does what the message says.
pub fn take(world: &mut World, message: &Message, now: Timestamp) -> Step {
    let id = message.id;
    match &message.command {
        Command::Send { request } => send(world, id, request, now),
        Command::Reset => {
            let switches = world.switches().clone();
            *world = default_world(now);
            *world.switches() = switches;
            done(id)
        }
        Command::Control { switches } => {
            *world.switches() = switches.clone();
            done(id)
        }
    }
}

fn send(world: &mut World, id: u64, request: &Request, now: Timestamp) -> Step {
    let reply = world.handle(request, now);
    let answer = Notice::Answer {
        id,
        response: reply.as_seen_by_a_browser(),
    };
    Step {
        notice: (reply.delivery != Delivery::Never).then_some(answer),
        delay: match reply.delivery {
            Delivery::After(duration) => duration,
            Delivery::Normal | Delivery::Reset | Delivery::Never => Duration::ZERO,
        },
        // What a read changes (an operation that has ended meanwhile) is a matter of time and comes out again.
        is_write: !matches!(request.method, Method::Get | Method::Head | Method::Options),
    }
}

fn done(id: u64) -> Step {
    Step {
        notice: Some(Notice::Done { id }),
        delay: Duration::ZERO,
        is_write: true,
    }
}
