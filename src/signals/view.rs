//! Signals of text where a view takes text.

use std::sync::{Arc, Mutex};

use leptos::{
    prelude::{IntoAttributeValue, IntoRender},
    tachys::reactive_graph::SharedReactiveFunction,
};

use super::{Memo, RwSignal, Signal};

macro_rules! text {
    ($($name:ident),+) => {
        $(impl IntoRender for $name<String> {
            type Output = SharedReactiveFunction<String>;

            fn into_render(self) -> Self::Output {
                Arc::new(Mutex::new(move || self.get()))
            }
        }

        impl IntoAttributeValue for $name<String> {
            type Output = SharedReactiveFunction<String>;

            fn into_attribute_value(self) -> Self::Output {
                Arc::new(Mutex::new(move || self.get()))
            }
        })+
    };
}
text!(Memo, RwSignal, Signal);
