//! A place for an element that a view makes.

use std::marker::PhantomData;

use leptos::{html::ElementType, prelude::*, tachys::html::node_ref::NodeRefContainer};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The one place that there is; what kind of element is in it, its outside says.
type Raw = leptos::prelude::RwSignal<Option<Element>, LocalStorage>;

/// As [`leptos::prelude::NodeRef`].
pub struct NodeRef<E: 'static> {
    raw: Raw,
    holds: PhantomData<fn() -> E>,
}

super::by_type!(NodeRef<E>);

impl<E: 'static> NodeRef<E> {
    /// A place without an element.
    pub fn new() -> Self {
        Self {
            raw: new(),
            holds: PhantomData,
        }
    }

    /// Lets the caller run again when the element comes.
    pub fn track(&self) {
        self.raw.track();
    }
}

impl<E: 'static> Default for NodeRef<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> NodeRef<E>
where
    E: ElementType,
    E::Output: JsCast,
{
    /// The element, once there is one; whoever asks is run again when it comes.
    pub fn get(&self) -> Option<E::Output> {
        self.raw.get().map(JsCast::unchecked_into)
    }

    /// The element, if there is one by now.
    pub fn get_untracked(&self) -> Option<E::Output> {
        self.raw.get_untracked().map(JsCast::unchecked_into)
    }

    /// The same; `None` where the place is gone with its owner.
    pub fn try_get_untracked(&self) -> Option<Option<E::Output>> {
        let element = self.raw.try_get_untracked()?;
        Some(element.map(JsCast::unchecked_into))
    }
}

impl<E: ElementType> NodeRefContainer<E> for NodeRef<E> {
    fn load(self, element: &Element) {
        self.raw.set(Some(element.clone()));
    }
}

fn new() -> Raw {
    Raw::new_local(None)
}
