//! Where a world is kept between two lives of a worker.

use std::fmt;

use arm_core::LocalFuture;

/// A place that several workers share.
pub trait Store {
    /// Held by the one worker that may read and write; let go of by dropping it.
    type Guard;

    /// Waits until no other worker holds the store.
    fn lock(&self) -> LocalFuture<'_, Result<Self::Guard, StoreError>>;

    /// The number of the last write, if there was one.
    fn generation(&self) -> LocalFuture<'_, Result<Option<u32>, StoreError>>;

    /// What was written last.
    fn read(&self) -> LocalFuture<'_, Result<Option<Kept>, StoreError>>;

    /// Ends once `kept` is there.
    fn write(&self, kept: Kept) -> LocalFuture<'_, Result<(), StoreError>>;
}

/// A world as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The number of the write: another one than last seen means that another worker wrote.
    pub generation: u32,
    /// The world as JSON.
    pub world: String,
}

/// The store cannot be used (any more); there is nothing to do about it but to go on without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError(pub String);

impl fmt::Display for StoreError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "the browser keeps nothing: {}", self.0)
    }
}

impl std::error::Error for StoreError {}
