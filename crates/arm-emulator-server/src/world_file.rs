//! A world in a file, so that it is there again after a restart.

use std::{
    fs::{self, File},
    io::{self, BufWriter, ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use arm_emulator::World;

/// The world in this file; `None` where there is no such file.
///
/// # Errors
/// When the file cannot be read, or holds no world or one of another format. It is left as it is then.
pub(crate) fn read(path: &Path) -> io::Result<Option<World>> {
    let text = match fs::read_to_string(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        text => text.map_err(|error| refused(path, &error.to_string()))?,
    };
    let world = serde_json::from_str(&text).map_err(|error| refused(path, &error.to_string()))?;
    Ok(Some(world))
}

/// Writes the world beside the file and then puts it in its place, so that the file is whole at any moment.
///
/// # Errors
/// When the file cannot be written.
pub(crate) fn write(path: &Path, world: &World) -> io::Result<()> {
    let beside = beside(path);
    let mut file = BufWriter::new(File::create(&beside)?);
    serde_json::to_writer(&mut file, world)?;
    file.flush()?;
    // On the disk before it takes the place of what is there: a lost machine must not leave an empty file.
    file.get_ref().sync_all()?;
    fs::rename(beside, path)
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".new");
    path.with_file_name(name)
}

fn refused(path: &Path, reason: &str) -> io::Error {
    let path = path.display();
    let words =
        format!("{path} holds no world that can be used ({reason}). Take it away or name another file.");
    io::Error::new(ErrorKind::InvalidData, words)
}
