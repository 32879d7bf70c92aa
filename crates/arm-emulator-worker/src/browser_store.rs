//! The browser's store: the world in IndexedDB, behind a Web Lock.

use arm_core::LocalFuture;
use wasm_bindgen::JsValue;

use crate::{
    indexed_db::IndexedDb,
    store::{Kept, Store, StoreError},
    web_lock::WebLock,
};

/// Names of this origin's storage, which other things on it share.
const DATABASE: &str = "arm-emulator";
const LOCK: &str = "emulator-world";

const GENERATION: &str = "generation";
const WORLD: &str = "world";

/// The world in IndexedDB.
pub struct BrowserStore {
    database: IndexedDb,
}

impl BrowserStore {
    /// Opens the store.
    ///
    /// # Errors
    /// When the browser keeps nothing for this page.
    pub async fn open() -> Result<Self, StoreError> {
        let database = IndexedDb::open(DATABASE).await.map_err(refused)?;
        Ok(Self { database })
    }
}

impl Store for BrowserStore {
    type Guard = WebLock;

    fn lock(&self) -> LocalFuture<'_, Result<WebLock, StoreError>> {
        Box::pin(async { WebLock::acquire(LOCK).await.map_err(refused) })
    }

    fn generation(&self) -> LocalFuture<'_, Result<Option<u32>, StoreError>> {
        Box::pin(async {
            let [generation] = self.database.get([GENERATION]).await.map_err(refused)?;
            Ok(as_generation(&generation))
        })
    }

    fn read(&self) -> LocalFuture<'_, Result<Option<Kept>, StoreError>> {
        Box::pin(async {
            let values = self.database.get([GENERATION, WORLD]).await.map_err(refused)?;
            let [generation, world] = values;
            let kept = as_generation(&generation).zip(world.as_string());
            Ok(kept.map(|(generation, world)| Kept { generation, world }))
        })
    }

    fn write(&self, kept: Kept) -> LocalFuture<'_, Result<(), StoreError>> {
        Box::pin(async move {
            let entries = [(GENERATION, kept.generation.into()), (WORLD, kept.world.into())];
            self.database.put(entries).await.map_err(refused)
        })
    }
}

fn as_generation(value: &JsValue) -> Option<u32> {
    // Written from a `u32`, so the cast loses nothing.
    value.as_f64().map(|number| number as u32)
}

fn refused(reason: JsValue) -> StoreError {
    StoreError(format!("{reason:?}"))
}
