//! What every signal holds.

use std::any::Any;

/// A value whose type only the signal's outside knows.
pub type Slot = Box<dyn Any + Send + Sync>;

/// What a slot holds; whoever asks has put it there.
pub fn value_in<T: 'static>(slot: &dyn Any) -> &T {
    match slot.downcast_ref() {
        Some(value) => value,
        None => of_another_type(),
    }
}

/// The same, to be changed.
pub fn value_in_mut<T: 'static>(slot: &mut dyn Any) -> &mut T {
    match slot.downcast_mut() {
        Some(value) => value,
        None => of_another_type(),
    }
}

#[cold]
fn of_another_type() -> ! {
    unreachable!("a signal's type says what it holds")
}
