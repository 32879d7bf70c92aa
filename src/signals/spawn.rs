//! What goes on by itself.

use std::pin::Pin;

/// As [`leptos::task::spawn_local`].
pub fn spawn_local(task: impl Future<Output = ()> + 'static) {
    spawn(Box::pin(task));
}

/// As [`leptos::task::spawn_local_scoped_with_cancellation`].
pub fn spawn_local_scoped_with_cancellation(task: impl Future<Output = ()> + 'static) {
    spawn_scoped(Box::pin(task));
}

type Task = Pin<Box<dyn Future<Output = ()>>>;

fn spawn(task: Task) {
    leptos::task::spawn_local(task);
}

fn spawn_scoped(task: Task) {
    leptos::task::spawn_local_scoped_with_cancellation(task);
}
