//! `python3 -m http.server`, which many have at hand to try a folder of files.

use std::io::{BufRead, BufReader};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, thread};

use serde_json::Value;

/// The server and the folder it serves; both go with it.
#[derive(Debug)]
pub struct PlainHost {
    server: Child,
    folder: PathBuf,
    port: u16,
}

impl PlainHost {
    /// Serves the files of a build with another `config.json`.
    ///
    /// # Panics
    /// When there is no Python, or no folder for the files.
    pub fn start(dist: &Path, config: &Value) -> Self {
        Self::serve(|folder| {
            link_all(dist, folder)?;
            fs::write(folder.join("config.json"), config.to_string())
        })
    }

    /// Serves the files of several folders.
    ///
    /// # Panics
    /// When there is no Python, or no folder for the files.
    pub fn of(folders: &[&Path]) -> Self {
        Self::serve(|folder| folders.iter().try_for_each(|files| link_all(files, folder)))
    }

    fn serve(fill: impl FnOnce(&Path) -> std::io::Result<()>) -> Self {
        static STARTED: AtomicUsize = AtomicUsize::new(0);
        let name = format!(
            "pg-backup-portal-files-{}-{}",
            std::process::id(),
            STARTED.fetch_add(1, Ordering::Relaxed)
        );
        let folder = std::env::temp_dir().join(name);
        fill(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));

        let mut server = Command::new("python3")
            .args(["-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory"])
            .arg(&folder)
            .arg("0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("python3 is needed for the simplest of hosts");
        let mut output = BufReader::new(server.stdout.take().expect("stdout is piped")).lines();
        let first = output.next().and_then(Result::ok).unwrap_or_default();
        let port = port_of(&first).unwrap_or_else(|| panic!("python3 did not serve: {first:?}"));
        // A full pipe would stop it.
        thread::spawn(move || output.map_while(Result::ok).for_each(drop));
        Self { server, folder, port }
    }

    /// Its origin.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for PlainHost {
    fn drop(&mut self) {
        // It has ended already where this fails.
        self.server.kill().ok();
        self.server.wait().ok();
        fs::remove_dir_all(&self.folder).ok();
    }
}

/// Everything of a folder but the configuration of a build.
fn link_all(dist: &Path, folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let dist = dist.canonicalize()?;
    for entry in fs::read_dir(dist)? {
        let entry = entry?;
        if entry.file_name() != "config.json" {
            symlink(entry.path(), folder.join(entry.file_name()))?;
        }
    }
    Ok(())
}

fn port_of(line: &str) -> Option<u16> {
    let (_, rest) = line.split_once(" port ")?;
    rest.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::port_of;

    #[test]
    fn the_port_is_read_from_the_first_line() {
        let line = "Serving HTTP on 127.0.0.1 port 43211 (http://127.0.0.1:43211/) ...";
        assert_eq!(port_of(line), Some(43211));
        assert_eq!(port_of("Traceback (most recent call last):"), None);
    }
}
