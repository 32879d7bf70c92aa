//! What every connection shares.

use std::sync::{Mutex, PoisonError};

use arm_core::{Request, Timestamp};
use arm_emulator::{Reply, World};

use crate::{Options, wall_clock};

/// The one world of a server, and how it was started.
pub(crate) struct Shared {
    world: Mutex<World>,
    options: Options,
}

impl Shared {
    pub(crate) fn new(mut world: World, options: Options) -> Self {
        options.apply_to(&mut world);
        Self {
            world: Mutex::new(world),
            options,
        }
    }

    /// The default world of these options.
    pub(crate) fn default_world(options: &Options, now: Timestamp) -> World {
        World::new(options.seed, now)
    }

    /// The only way to the world: one writer at a time.
    pub(crate) fn with_world<R>(&self, use_world: impl FnOnce(&mut World) -> R) -> R {
        // A test that fails while it holds the world must not hide behind failures of all others.
        let mut world = self.world.lock().unwrap_or_else(PoisonError::into_inner);
        use_world(&mut world)
    }

    /// Answers at the present moment, and tells of it if so started.
    pub(crate) fn handle(&self, request: &Request) -> Reply {
        let reply = self.with_world(|world| world.handle(request, wall_clock::now()));
        if self.options.log_requests {
            let (method, path) = (request.method, path_of(&request.url));
            eprintln!("{method} {path} {}", reply.response.status);
        }
        reply
    }

    /// Back to the world this server's options describe.
    pub(crate) fn reset(&self) {
        let mut fresh = Self::default_world(&self.options, wall_clock::now());
        self.options.apply_to(&mut fresh);
        self.with_world(|world| *world = fresh);
    }
}

/// The path alone: the query of a polling URL is signed and stays out of the log.
fn path_of(url: &str) -> &str {
    let without_query = url.split('?').next().unwrap_or_default();
    let after_scheme = without_query
        .split_once("://")
        .map_or(without_query, |(_, rest)| rest);
    after_scheme.find('/').map_or("/", |start| &after_scheme[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_has_the_path_without_the_query() {
        for (url, expected) in [
            ("http://127.0.0.1:80/subscriptions?t=1&s=x", "/subscriptions"),
            ("http://127.0.0.1:80?s=x", "/"),
            ("http://127.0.0.1:80/a/http://b", "/a/http://b"),
        ] {
            assert_eq!(path_of(url), expected, "{url}");
        }
    }
}
