//! Ids that tie labels, hints and popovers to their controls.

use std::sync::atomic::{AtomicU32, Ordering};

static NEXT: AtomicU32 = AtomicU32::new(1);

/// An id that no other element of the page has: `{prefix}-{number}`.
#[must_use]
pub fn unique_id(prefix: &str) -> String {
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

#[cfg(test)]
mod tests {
    use super::unique_id;

    #[test]
    fn no_two_ids_are_the_same() {
        let (first, second) = (unique_id("field"), unique_id("field"));
        assert!(first.starts_with("field-"), "{first}");
        assert_ne!(first, second);
    }
}
