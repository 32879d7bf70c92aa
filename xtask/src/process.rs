//! Running other programs.

use anyhow::{Context as _, Result, bail};
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A call of cargo at the root of the project.
pub fn cargo<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments).current_dir(root());
    command
}

/// The folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("xtask is a folder of the workspace")
}

/// Runs the command with its output on the terminal.
///
/// # Errors
/// It cannot be started, or ends with another code than 0.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command
        .status()
        .with_context(|| format!("{} cannot be started", name(command)))?;
    if !status.success() {
        bail!("`{}` ended with {status}", line(command));
    }
    Ok(())
}

/// What the command prints, if it can be started and ends well.
pub fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The program's file in the folders of `PATH`.
pub fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

/// What test runners reported.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed.
    pub passed: u32,
    /// Tests, and steps without tests, that failed.
    pub failed: u32,
}

/// Runs tests with their output on the terminal as it comes, and adds what the runners reported to `counts`.
///
/// # Errors
/// As [`run`]; also where no runner reported a test, since then nothing has been tested.
pub fn run_tests(command: &mut Command, counts: &mut Counts) -> Result<()> {
    let before = *counts;
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} cannot be started", name(command)))?;
    let mut output = BufReader::new(child.stdout.take().context("standard output was not captured")?);
    let mut line_of_output = Vec::new();
    while output.read_until(b'\n', &mut line_of_output)? > 0 {
        std::io::stdout().write_all(&line_of_output)?;
        if let Some(result) = test_result(&String::from_utf8_lossy(&line_of_output)) {
            counts.passed += result.passed;
            counts.failed += result.failed;
        }
        line_of_output.clear();
    }
    let status = child.wait()?;
    if !status.success() {
        bail!("`{}` ended with {status}", line(command));
    }
    if *counts == before {
        bail!("`{}` ran no test", line(command));
    }
    Ok(())
}

/// Reads `test result: ok. 3 passed; 0 failed; …`, which libtest and wasm-bindgen's runner both print, the lines
/// `# pass 3` and `# fail 0` of node's, and `=== 1 failed, 3 passed in 0.12s ===` of pytest.
fn test_result(line: &str) -> Option<Counts> {
    if let Some(passed) = line.trim_end().strip_prefix("# pass ") {
        return Some(Counts {
            passed: passed.parse().ok()?,
            failed: 0,
        });
    }
    if let Some(failed) = line.trim_end().strip_prefix("# fail ") {
        return Some(Counts {
            passed: 0,
            failed: failed.parse().ok()?,
        });
    }
    let Some(result) = line.trim().strip_prefix("test result: ") else {
        return pytest_result(line);
    };
    let (_, numbers) = result.split_once(". ")?;
    let number = |of: &str| {
        let part = numbers.split(';').find_map(|part| part.trim().strip_suffix(of))?;
        part.trim().parse().ok()
    };
    Some(Counts {
        passed: number("passed")?,
        failed: number("failed")?,
    })
}

/// An error in the preparation of a test counts as a failure; a test that was left out counts as nothing.
fn pytest_result(line: &str) -> Option<Counts> {
    let (numbers, time) = line.trim().trim_matches('=').trim().split_once(" in ")?;
    let seconds = time.split_whitespace().next()?.strip_suffix('s')?;
    seconds.parse::<f64>().ok()?;
    let mut counts = Counts::default();
    for part in numbers.split(", ") {
        let (number, of) = part.split_once(' ')?;
        let number: u32 = number.parse().ok()?;
        match of {
            "passed" => counts.passed += number,
            "failed" | "error" | "errors" => counts.failed += number,
            _ => {}
        }
    }
    Some(counts)
}

fn name(command: &Command) -> String {
    command.get_program().to_string_lossy().into_owned()
}

fn line(command: &Command) -> String {
    let program = Path::new(command.get_program())
        .file_name()
        .unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_of_a_test_runner_is_counted() {
        let counts = |passed, failed| Some(Counts { passed, failed });
        for (line, expected) in [
            (
                "test result: ok. 8 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n",
                counts(8, 0),
            ),
            (
                "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured",
                counts(12, 3),
            ),
            (
                "    test result: ok. 2 passed; 0 failed; 0 ignored; 0 filtered out; finished in 1.20s",
                counts(2, 0),
            ),
            ("test a_test_named_result ... ok", None),
            ("# pass 17\n", counts(17, 0)),
            ("# fail 2\n", counts(0, 2)),
            ("# fail safe\n", None),
            (
                "======================== 63 passed in 11.08s =========================\n",
                counts(63, 0),
            ),
            (
                "== 2 failed, 60 passed, 1 skipped, 3 warnings, 1 error in 72.40s (0:01:12) ==\n",
                counts(60, 3),
            ),
            ("2 errors in 0.10s", counts(0, 2)),
            ("====== no tests ran in 0.01s ======", None),
            ("Finished 3 passed in time", None),
            ("running 8 tests", None),
            ("test result: ok. many passed; 0 failed", None),
            ("", None),
        ] {
            assert_eq!(test_result(line), expected, "{line}");
        }
    }
}
