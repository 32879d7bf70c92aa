//! Requests to the emulator in a worker: the demo.
//!
//! One message a request, JSON text in both directions, matched by a number. All tabs share one
//! worker; where the browser has no shared worker, or refuses it because storage is blocked, this tab
//! gets one of its own.

use std::{cell::Cell, cell::RefCell, collections::BTreeMap, rc::Rc};

use arm_core::{LocalFuture, Request, Response, Transport, TransportError};
use js_sys::{Function, Promise};
use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue, prelude::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{MessageEvent, MessagePort, SharedWorker, Worker, WorkerOptions, WorkerType};

/// Where the demo keeps its world.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum WorkerStorage {
    /// In the browser's storage: it survives a reload.
    Kept,
    /// In memory, since the browser refuses storage.
    Memory,
    /// In storage, but what was there had another format and is gone.
    Dropped,
}

/// The emulator in a worker.
pub struct WorkerTransport {
    next_id: Cell<u32>,
    shared: Rc<Shared>,
    // The browser calls them for as long as the page lives.
    _callbacks: [Closure<dyn Fn(MessageEvent)>; 2],
}

/// What the transport and the browser's callbacks work on.
struct Shared {
    script: String,
    link: RefCell<Link>,
    waiting: RefCell<BTreeMap<u32, Waiting>>,
}

enum Link {
    Shared(MessagePort),
    Own(Worker),
    Broken(String),
}

/// A message without an answer; it is kept so that it can be sent again to another worker.
struct Waiting {
    message: String,
    resolve: Function,
}

/// A message to the worker. One plain structure for all kinds: each tagged enum would weigh 10 kB of wasm.
#[derive(Serialize)]
struct Outgoing<'a> {
    id: u32,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<&'a Request>,
    #[serde(skip_serializing_if = "Option::is_none")]
    switches: Option<Switches>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Switches {
    operation_time_factor: f64,
}

/// A message from the worker: `ready`, `failed`, `answer` or `done`.
#[derive(Deserialize)]
struct Incoming {
    #[serde(rename = "type")]
    kind: String,
    id: Option<u32>,
    response: Option<Response>,
    storage: Option<WorkerStorage>,
    message: Option<String>,
}

impl WorkerTransport {
    /// Starts the worker named by the page's `emulator-worker` meta element, or joins the one that runs.
    ///
    /// # Errors
    /// When the page names none or the browser refuses it; the sentence says which.
    pub fn start(time_factor: f64, on_ready: impl Fn(WorkerStorage) + 'static) -> Result<Self, String> {
        let script = worker_script().ok_or("This build has no emulator: it was made without the demo.")?;
        let shared = Rc::new(Shared {
            script,
            link: RefCell::new(Link::Broken("the emulator's worker has not started".to_owned())),
            waiting: RefCell::default(),
        });
        let hear = Rc::clone(&shared);
        let on_message = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            hear.take(&event.data().as_string().unwrap_or_default(), &on_ready);
        });
        let (fall_back, listener) = (Rc::clone(&shared), on_message.as_ref().clone());
        let on_error =
            Closure::<dyn Fn(MessageEvent)>::new(move |_| fall_back.start_own(listener.unchecked_ref()));
        match SharedWorker::new_with_worker_options(&shared.script, &module()) {
            Ok(worker) => {
                worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
                let port = worker.port();
                port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
                shared.link.replace(Link::Shared(port));
            }
            Err(_) => shared.start_own(on_message.as_ref().unchecked_ref()),
        }
        if let Link::Broken(why) = &*shared.link.borrow() {
            return Err(format!("The demo cannot start: {why}."));
        }
        let transport = Self {
            next_id: Cell::new(0),
            shared,
            _callbacks: [on_message, on_error],
        };
        transport.set_time_factor(time_factor);
        Ok(transport)
    }

    fn set_time_factor(&self, operation_time_factor: f64) {
        let id = self.take_id();
        let switches = Some(Switches {
            operation_time_factor,
        });
        let message = Outgoing {
            id,
            kind: "control",
            request: None,
            switches,
        };
        // Messages keep their order, so the answer need not be waited for.
        drop(self.shared.ask(id, &message));
    }

    fn take_id(&self) -> u32 {
        self.next_id.replace(self.next_id.get().wrapping_add(1))
    }
}

impl Transport for WorkerTransport {
    fn send(&self, request: Request) -> LocalFuture<'_, Result<Response, TransportError>> {
        let id = self.take_id();
        let message = Outgoing {
            id,
            kind: "send",
            request: Some(&request),
            switches: None,
        };
        let answer = self.shared.ask(id, &message);
        Box::pin(async move {
            let answer = JsFuture::from(answer?).await;
            let text = answer
                .ok()
                .and_then(|answer| answer.as_string())
                .unwrap_or_default();
            let answer: Incoming = serde_json::from_str(&text)
                .map_err(|_| TransportError::new("the emulator's worker answered nonsense"))?;
            // What a page of another origin may not read reaches nobody here either.
            let failed =
                || TransportError::new(answer.message.unwrap_or_else(|| "Failed to fetch".to_owned()));
            answer.response.ok_or_else(failed)
        })
    }
}

impl Shared {
    fn ask(&self, id: u32, message: &Outgoing) -> Result<Promise, TransportError> {
        let message =
            serde_json::to_string(message).map_err(|error| TransportError::new(error.to_string()))?;
        self.link.borrow().post(&message)?;
        Ok(Promise::new(&mut |resolve, _| {
            let message = message.clone();
            self.waiting.borrow_mut().insert(id, Waiting { message, resolve });
        }))
    }

    fn take(&self, text: &str, on_ready: &dyn Fn(WorkerStorage)) {
        let Ok(incoming) = serde_json::from_str::<Incoming>(text) else {
            return;
        };
        if let Some(storage) = incoming.storage {
            on_ready(storage);
        }
        if let Some(waiting) = incoming.id.and_then(|id| self.waiting.borrow_mut().remove(&id)) {
            resolve(&waiting, text);
        }
        if incoming.kind == "failed" {
            self.link
                .replace(Link::Broken(incoming.message.unwrap_or_default()));
            let waiting = self.waiting.take();
            waiting.values().for_each(|waiting| resolve(waiting, text));
        }
    }

    /// A worker of this tab alone; what has no answer yet is sent to it again.
    fn start_own(&self, on_message: &Function) {
        let link = match Worker::new_with_options(&self.script, &module()) {
            Ok(worker) => {
                worker.set_onmessage(Some(on_message));
                Link::Own(worker)
            }
            Err(_) => Link::Broken("the browser refuses workers".to_owned()),
        };
        for waiting in self.waiting.borrow().values() {
            // A link that is broken says so to the next request.
            link.post(&waiting.message).ok();
        }
        self.link.replace(link);
    }
}

impl Link {
    fn post(&self, message: &str) -> Result<(), TransportError> {
        let message = JsValue::from_str(message);
        let posted = match self {
            Self::Shared(port) => port.post_message(&message),
            Self::Own(worker) => worker.post_message(&message),
            Self::Broken(why) => return Err(TransportError::new(why.clone())),
        };
        posted.map_err(|_| TransportError::new("the emulator's worker is gone"))
    }
}

fn resolve(waiting: &Waiting, text: &str) {
    // A promise's own resolve function does not throw.
    waiting
        .resolve
        .call1(&JsValue::NULL, &JsValue::from_str(text))
        .ok();
}

fn module() -> WorkerOptions {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    options
}

fn worker_script() -> Option<String> {
    let document = web_sys::window()?.document()?;
    let meta = document.query_selector("meta[name=emulator-worker]").ok()??;
    let path = meta.get_attribute("content")?;
    let base = document.base_uri().ok()??;
    let url = web_sys::Url::new_with_base(&path, &base).ok()?;
    Some(url.href())
}
