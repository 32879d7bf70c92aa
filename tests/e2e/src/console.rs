//! What the browser wrote to its console.

use thirtyfour::BrowserLogEntry;

/// The errors of a console, less those a test has announced.
///
/// Each announcement is a part of the message of at least one error; one that excuses nothing is itself a fault,
/// because then what the test set out to provoke did not happen.
pub fn faults(entries: &[BrowserLogEntry], announced: &[String]) -> Vec<String> {
    let errors: Vec<&BrowserLogEntry> = entries.iter().filter(|entry| entry.level == "SEVERE").collect();
    let unannounced = errors
        .iter()
        .filter(|entry| !announced.iter().any(|part| entry.message.contains(part)))
        .map(|entry| format!("console error: {}", entry.message));
    let idle = announced
        .iter()
        .filter(|part| !errors.iter().any(|entry| entry.message.contains(*part)))
        .map(|part| format!("announced, but not in the console: {part}"));
    unannounced.chain(idle).collect()
}

#[cfg(test)]
mod tests {
    use thirtyfour::BrowserLogEntry;

    use super::faults;

    fn entry(level: &str, message: &str) -> BrowserLogEntry {
        BrowserLogEntry {
            level: level.into(),
            message: message.into(),
            timestamp: 0,
            source: None,
        }
    }

    fn check(entries: &[BrowserLogEntry], announced: &[&str], expected: &[&str]) {
        let announced: Vec<String> = announced.iter().map(|part| (*part).to_owned()).collect();
        assert_eq!(
            faults(entries, &announced),
            expected,
            "{entries:?} with {announced:?}"
        );
    }

    #[test]
    fn an_error_is_a_fault_unless_it_was_announced() {
        let entries = [
            entry("INFO", "started"),
            entry("SEVERE", "status of 503 (Service Unavailable)"),
        ];
        check(
            &entries,
            &[],
            &["console error: status of 503 (Service Unavailable)"],
        );
        check(&entries, &["status of 503"], &[]);
        check(&entries[..1], &[], &[]);
    }

    #[test]
    fn an_announced_error_that_does_not_come_is_a_fault() {
        check(
            &[],
            &["status of 503"],
            &["announced, but not in the console: status of 503"],
        );
    }
}
