//! One world, answered for and kept.
//!
//! Each message is taken while the store is locked, and after a look at whether another worker has written
//! since: so tabs with a worker each, or two releases of the demo at once, share one world with one writer at
//! a time. Without a store the world lives as long as the worker.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use arm_core::Clock;
use arm_emulator::World;

use crate::{
    protocol::{Message, Notice, Storage},
    step::{self, Step},
    store::{Kept, Store, StoreError},
};

/// A world behind a store.
pub struct Emulator<S> {
    store: RefCell<Option<Rc<S>>>,
    world: RefCell<World>,
    generation: Cell<u32>,
    clock: Rc<dyn Clock>,
    dropped: Cell<bool>,
}

impl<S: Store> Emulator<S> {
    /// Takes up the world in `store`, or puts the default one there.
    pub async fn start(store: Option<S>, clock: Rc<dyn Clock>) -> Self {
        let emulator = Self {
            world: RefCell::new(step::default_world(clock.now())),
            store: RefCell::new(store.map(Rc::new)),
            generation: Cell::new(0),
            clock,
            dropped: Cell::new(false),
        };
        let taken_up = emulator.take_up().await;
        emulator.go_on_without_store_after(taken_up);
        emulator
    }

    /// Whether the world is kept; that another one was dropped is told once.
    pub fn storage(&self) -> Storage {
        if self.store.borrow().is_none() {
            Storage::Memory
        } else if self.dropped.take() {
            Storage::Dropped
        } else {
            Storage::Kept
        }
    }

    /// Does what a message says and gives what to tell the page, when it is time to tell it.
    pub async fn serve(&self, message: &Message) -> Vec<Notice> {
        let was_kept = self.store.borrow().is_some();
        let step = self.take(message).await;
        let is_lost = was_kept && self.store.borrow().is_none();
        let lost = is_lost.then_some(Notice::Ready {
            storage: Storage::Memory,
        });
        if !step.delay.is_zero() {
            self.clock.sleep(step.delay).await;
        }
        lost.into_iter().chain(step.notice).collect()
    }

    async fn take(&self, message: &Message) -> Step {
        let Some(store) = self.store() else {
            return self.step(message);
        };
        let guard = store.lock().await;
        let caught_up = match &guard {
            Ok(_) => self.catch_up(&*store).await,
            Err(error) => Err(error.clone()),
        };
        self.go_on_without_store_after(caught_up);
        let step = self.step(message);
        if step.is_write {
            let kept = self.keep().await;
            self.go_on_without_store_after(kept);
        }
        drop(guard);
        step
    }

    fn step(&self, message: &Message) -> Step {
        step::take(&mut self.world.borrow_mut(), message, self.clock.now())
    }

    async fn take_up(&self) -> Result<(), StoreError> {
        let Some(store) = self.store() else {
            return Ok(());
        };
        let _guard = store.lock().await?;
        if let Some(kept) = store.read().await? {
            self.generation.set(kept.generation);
            match serde_json::from_str(&kept.world) {
                Ok(world) => {
                    self.world.replace(world);
                    return Ok(());
                }
                Err(_) => self.dropped.set(true),
            }
        }
        self.keep().await
    }

    /// Takes over what another worker has written since.
    async fn catch_up(&self, store: &S) -> Result<(), StoreError> {
        if store.generation().await? == Some(self.generation.get()) {
            return Ok(());
        }
        let Some(kept) = store.read().await? else {
            // Somebody has emptied the store: this world is what is left, and the next write keeps it again.
            return Ok(());
        };
        // A world that cannot be read is of a newer release, which would lose it if this one wrote.
        let world = serde_json::from_str(&kept.world).map_err(|error| StoreError(error.to_string()))?;
        self.world.replace(world);
        self.generation.set(kept.generation);
        Ok(())
    }

    async fn keep(&self) -> Result<(), StoreError> {
        let Some(store) = self.store() else {
            return Ok(());
        };
        let generation = self.generation.get().wrapping_add(1);
        let world =
            serde_json::to_string(&*self.world.borrow()).map_err(|error| StoreError(error.to_string()))?;
        store.write(Kept { generation, world }).await?;
        self.generation.set(generation);
        Ok(())
    }

    fn store(&self) -> Option<Rc<S>> {
        self.store.borrow().clone()
    }

    fn go_on_without_store_after(&self, result: Result<(), StoreError>) {
        if result.is_err() {
            self.store.replace(None);
        }
    }
}

#[cfg(test)]
mod tests;
