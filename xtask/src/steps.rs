//! Steps in order, with their times and one closing line.

use crate::process::Counts;
use anyhow::{Error, Result};
use std::time::{Duration, Instant};

/// One step: what it is called and what it does. It adds the tests it ran to the counts.
pub struct Step {
    /// A word that also selects the step on the command line.
    pub name: &'static str,
    run: fn(&mut Counts) -> Result<()>,
}

impl Step {
    /// A step by its name and its work.
    pub const fn new(name: &'static str, run: fn(&mut Counts) -> Result<()>) -> Self {
        Self { name, run }
    }
}

/// Runs the steps up to the first that fails, and prints the minutes of each and `N passed, N failed`.
///
/// True where all went well.
pub fn run(steps: &[&Step]) -> bool {
    let mut counts = Counts::default();
    let mut times = Vec::new();
    for (number, step) in steps.iter().enumerate() {
        println!("\n── {} of {} · {}", number + 1, steps.len(), step.name);
        let start = now();
        let failed_before = counts.failed;
        let result = (step.run)(&mut counts);
        times.push((step.name, now() - start));
        if let Err(problem) = result {
            report(step.name, &problem);
            // A step without tests of its own that fails is one failure; failed tests are counted already.
            if counts.failed == failed_before {
                counts.failed += 1;
            }
            break;
        }
    }
    println!("\n{}\n{}", table(&times), closing_line(counts));
    counts.failed == 0
}

fn report(step: &str, problem: &Error) {
    println!("\nThe step `{step}` failed: {problem:#}");
}

fn table(times: &[(&str, Duration)]) -> String {
    let row = |name: &str, time: Duration| format!("{name:<12}{:>6.1} min\n", time.as_secs_f64() / 60.0);
    let rows: String = times.iter().map(|(name, time)| row(name, *time)).collect();
    rows + &row("all", times.iter().map(|(_, time)| *time).sum())
}

fn closing_line(counts: Counts) -> String {
    format!("{} passed, {} failed", counts.passed, counts.failed)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the time a build takes is the machine's own"
)]
fn now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_gives_the_minutes_of_each_step_and_their_sum() {
        let table = table(&[
            ("format", Duration::from_secs(6)),
            ("native", Duration::from_secs(90)),
        ]);
        assert_eq!(
            table,
            "format         0.1 min\nnative         1.5 min\nall            1.6 min\n"
        );
    }

    #[test]
    fn the_closing_line_holds_both_numbers_and_nothing_else() {
        assert_eq!(
            closing_line(Counts {
                passed: 12,
                failed: 0
            }),
            "12 passed, 0 failed"
        );
    }

    #[test]
    fn a_failing_step_ends_the_run_and_is_itself_one_failure() {
        let steps = [
            Step::new("one", |_| anyhow::bail!("it broke")),
            Step::new("two", |_| unreachable!("a step after a failed one")),
        ];
        assert!(!run(&steps.each_ref()), "a failed step must fail the run");
    }
}
