//! The chromedriver of this test process.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::thread;

/// Starts the driver beside a shell that waits for the end of its own input, which comes when the test process
/// ends, however it ends; then the shell ends its process group, the driver and its browsers, and removes their profiles,
/// into which a browser may write while it ends.
const GUARD: &str = r#""$1" --port=0 & exec >/dev/null 2>&1; read -r _; trap '' TERM; kill 0; wait
    for _ in 1 2 3 4 5; do sleep 1; rm -rf "$2" && break; done"#;

/// A running chromedriver; it ends with this process.
#[derive(Debug)]
pub struct Chromedriver {
    url: String,
    profiles: PathBuf,
    /// Held open as long as the driver is needed.
    _lifeline: ChildStdin,
}

impl Chromedriver {
    /// The one of this process, started by the first test that asks.
    ///
    /// # Panics
    /// When it does not start; the message says what to install.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Chromedriver> = OnceLock::new();
        SHARED.get_or_init(Self::start)
    }

    /// Where it takes WebDriver commands.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The folder for the profiles of its browsers; it goes with this process.
    pub fn profiles(&self) -> &Path {
        &self.profiles
    }

    fn start() -> Self {
        let profiles = std::env::temp_dir().join(format!("pg-backup-portal-e2e-{}", std::process::id()));
        let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
        let mut guard = Command::new("sh")
            .args(["-c", GUARD, "chromedriver-guard", &program])
            .arg(&profiles)
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a POSIX shell is needed to guard chromedriver");
        let lifeline = guard.stdin.take().expect("stdin is piped");
        let mut output = BufReader::new(guard.stdout.take().expect("stdout is piped")).lines();

        let port = output
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| port_of(&line))
            .unwrap_or_else(|| {
                panic!(
                    "`{program}` did not start. Install Chromium and its driver (Debian: apt-get install \
                     chromium chromium-driver) or set CHROMEDRIVER."
                )
            });
        // A full pipe would stop the driver, so its output is read to the end; then the guard is reaped.
        thread::spawn(move || {
            output.map_while(Result::ok).for_each(drop);
            guard.wait()
        });
        Self {
            url: format!("http://127.0.0.1:{port}"),
            profiles,
            _lifeline: lifeline,
        }
    }
}

fn port_of(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("started successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port_of;

    #[test]
    fn the_port_is_read_from_the_line_that_tells_it() {
        let cases = [
            (
                "ChromeDriver was started successfully on port 43211.",
                Some(43211),
            ),
            ("Starting ChromeDriver 156.0.8078.79 on port 0", None),
            ("ChromeDriver was started successfully on port none.", None),
            ("", None),
        ];
        for (line, expected) in cases {
            assert_eq!(port_of(line), expected, "{line}");
        }
    }
}
