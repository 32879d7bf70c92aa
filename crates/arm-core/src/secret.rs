//! Text that must not be shown.

/// A token, a SAS URI or a password.
///
/// It has no `Debug`, `Display` or `Serialize`: showing one is a type error (design invariant 6).
/// Whoever needs the text says so with [`Secret::expose`], which is easy to search for.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes the text in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text itself, for the one place that sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}
