//! Numbers with a fraction, as text.

/// As the browser writes it for attributes and styles: what Rust writes them with weighs 6 kB, and nothing else needs it.
pub fn in_digits(number: f64) -> String {
    js_sys::Number::from(number)
        .to_string_with_radix(10)
        .map(String::from)
        .unwrap_or_default()
}
