//! A table of keys and values in IndexedDB.

use js_sys::Promise;
use wasm_bindgen::{JsCast as _, prelude::*};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    IdbDatabase, IdbObjectStore, IdbRequest, IdbTransaction, IdbTransactionMode, WorkerGlobalScope,
};

const TABLE: &str = "kept";

/// An open database with one table.
pub struct IndexedDb {
    database: IdbDatabase,
}

impl IndexedDb {
    /// Opens the database of this name, making it where there is none.
    ///
    /// # Errors
    /// When the browser refuses, which it may do by throwing, by an event, or by having no IndexedDB.
    pub async fn open(name: &str) -> Result<Self, JsValue> {
        let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
        let factory = scope
            .indexed_db()?
            .ok_or_else(|| JsValue::from_str("this browser has no IndexedDB"))?;
        let request = factory.open_with_u32(name, 1)?;
        let asked = request.clone();
        let make_table = Closure::once_into_js(move || -> Result<(), JsValue> {
            let database: IdbDatabase = asked.result()?.unchecked_into();
            database.create_object_store(TABLE)?;
            Ok(())
        });
        request.set_onupgradeneeded(Some(make_table.unchecked_ref()));
        let database = result_of(&request).await?.unchecked_into();
        Ok(Self { database })
    }

    /// The values of these keys, `undefined` for one that is not there.
    ///
    /// # Errors
    /// When the browser has closed the database.
    pub async fn get<const N: usize>(&self, keys: [&str; N]) -> Result<[JsValue; N], JsValue> {
        let (_, table) = self.begin(IdbTransactionMode::Readonly)?;
        let mut requests = Vec::with_capacity(N);
        for key in keys {
            requests.push(table.get(&key.into())?);
        }
        let mut values = [const { JsValue::UNDEFINED }; N];
        for (value, request) in values.iter_mut().zip(&requests) {
            *value = result_of(request).await?;
        }
        Ok(values)
    }

    /// Puts all of these values or none; ends once they are there.
    ///
    /// # Errors
    /// When the browser has closed the database or its room is used up.
    pub async fn put<const N: usize>(&self, entries: [(&str, JsValue); N]) -> Result<(), JsValue> {
        let (transaction, table) = self.begin(IdbTransactionMode::Readwrite)?;
        for (key, value) in entries {
            table.put_with_key(&value, &key.into())?;
        }
        let completed = Promise::new(&mut |resolve, reject| {
            transaction.set_oncomplete(Some(&resolve));
            transaction.set_onabort(Some(&reject));
            transaction.set_onerror(Some(&reject));
        });
        JsFuture::from(completed).await?;
        Ok(())
    }

    fn begin(&self, mode: IdbTransactionMode) -> Result<(IdbTransaction, IdbObjectStore), JsValue> {
        let transaction = self.database.transaction_with_str_and_mode(TABLE, mode)?;
        let table = transaction.object_store(TABLE)?;
        Ok((transaction, table))
    }
}

async fn result_of(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let answered = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(answered).await?;
    request.result()
}
