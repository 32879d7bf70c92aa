//! What every connection shares.

use std::{
    collections::{BTreeSet, VecDeque},
    io,
    sync::{Mutex, MutexGuard, PoisonError},
};

use arm_core::{Method, Request, Timestamp};
use arm_emulator::{Overview, Reply, World};

use crate::{
    Options,
    request_log::{LoggedRequest, RequestLog},
    wall_clock, world_file,
};

/// The one world of a server, and how it was started.
pub(crate) struct Shared {
    world: Mutex<World>,
    log: Mutex<RequestLog>,
    /// How the coming sign-ins are answered, the next one first.
    plays: Mutex<VecDeque<String>>,
    /// The codes of sign-ins that were redeemed.
    redeemed: Mutex<BTreeSet<String>>,
    options: Options,
}

impl Shared {
    /// # Errors
    /// When the world is to be kept in a file that cannot be written.
    pub(crate) fn new(mut world: World, options: Options) -> io::Result<Self> {
        options.apply_to(&mut world);
        if let Some(path) = &options.world {
            world_file::write(path, &world)?;
        }
        Ok(Self {
            world: Mutex::new(world),
            log: Mutex::default(),
            plays: Mutex::default(),
            redeemed: Mutex::default(),
            options,
        })
    }

    /// The world of these options: the one in their file, or else a fresh one.
    ///
    /// # Errors
    /// When there is a file that holds no world of this format.
    pub(crate) fn world_of(options: &Options, now: Timestamp) -> io::Result<World> {
        let kept = match &options.world {
            Some(path) => world_file::read(path)?,
            None => None,
        };
        Ok(kept.unwrap_or_else(|| options.fresh_world(now)))
    }

    /// Reads the world; nothing that is changed in it is kept.
    pub(crate) fn read_world<R>(&self, read: impl FnOnce(&mut World) -> R) -> R {
        read(&mut self.lock())
    }

    /// Changes the world, and keeps the changed one.
    pub(crate) fn change_world<R>(&self, change: impl FnOnce(&mut World) -> R) -> R {
        let mut world = self.lock();
        let result = change(&mut world);
        self.keep(&world);
        result
    }

    /// Answers at the present moment, and tells of it if so started.
    pub(crate) fn handle(&self, request: &Request) -> Reply {
        let began = wall_clock::now();
        let reply = self.answer(request, began);
        let took = (wall_clock::now() - began).to_std().unwrap_or_default();
        let (method, path) = (request.method, path_of(&request.url));
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.add(method, path, began, took, &reply);
        if self.options.log_requests {
            eprintln!("{method} {path} {}", reply.response.status);
        }
        reply
    }

    /// The latest requests, the newest first.
    pub(crate) fn log(&self) -> Vec<LoggedRequest> {
        let log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        log.entries()
    }

    /// Has the sign-in after those already planned answered so.
    pub(crate) fn play(&self, name: &str) {
        self.plays().push_back(name.to_owned());
    }

    /// How the next sign-in is answered, if it was planned.
    pub(crate) fn next_play(&self) -> Option<String> {
        self.plays().pop_front()
    }

    /// Whether a code is redeemed for the first time; it then counts as redeemed.
    pub(crate) fn is_first_use(&self, code: &str) -> bool {
        let mut redeemed = self.redeemed.lock().unwrap_or_else(PoisonError::into_inner);
        redeemed.insert(code.to_owned())
    }

    fn plays(&self) -> MutexGuard<'_, VecDeque<String>> {
        self.plays.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is in the world at the present moment.
    pub(crate) fn overview(&self) -> Overview {
        self.read_world(|world| world.overview(wall_clock::now()))
    }

    /// Back to the world that this server's options describe; what its file held is gone.
    pub(crate) fn reset(&self) {
        let mut fresh = self.options.fresh_world(wall_clock::now());
        self.options.apply_to(&mut fresh);
        self.plays().clear();
        self.change_world(|world| *world = fresh);
    }

    fn answer(&self, request: &Request, now: Timestamp) -> Reply {
        let mut world = self.lock();
        let counts = |world: &mut World| (world.faults().len(), world.unknown_routes().len());
        let before = counts(&mut world);
        let reply = world.handle(request, now);
        // What time alone changes comes out again when the kept world is asked at the same moment.
        let is_read = matches!(request.method, Method::Get | Method::Head | Method::Options);
        if !is_read || counts(&mut world) != before {
            self.keep(&world);
        }
        reply
    }

    fn keep(&self, world: &World) {
        if let Some(path) = &self.options.world
            && let Err(error) = world_file::write(path, world)
        {
            eprintln!("The world could not be kept in {}: {error}", path.display());
        }
    }

    /// The only way to the world: one writer at a time.
    fn lock(&self) -> MutexGuard<'_, World> {
        // A test that fails while it holds the world must not hide behind failures of all others.
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
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
