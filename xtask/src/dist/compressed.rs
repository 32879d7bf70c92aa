//! Compressed copies beside a file, for hosts that serve them as they are.

use anyhow::{Context as _, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::thread;

/// The compressed forms of a file.
pub struct Compressed {
    /// Brotli at its best, which every browser takes over https.
    pub brotli: Vec<u8>,
    /// For hosts and proxies that know no brotli.
    pub gzip: Vec<u8>,
}

impl Compressed {
    /// Writes those that are smaller than the content beside the file of this path.
    pub fn write(&self, path: &Path, content: &[u8]) -> Result<()> {
        for (end, copy) in [("br", &self.brotli), ("gz", &self.gzip)] {
            if copy.len() < content.len() {
                let name = path
                    .file_name()
                    .context("a file has a name")?
                    .to_string_lossy()
                    .into_owned();
                fs::write(path.with_file_name(format!("{name}.{end}")), copy)?;
            }
        }
        Ok(())
    }
}

/// Writes a file with its compressed copies.
pub fn write_compressed(out: &Path, name: &str, content: &[u8]) -> Result<()> {
    let path = out.join(name);
    fs::write(&path, content)?;
    compress(content)?.write(&path, content)
}

/// Brotli 11 takes seconds for a large file, so each has a thread.
pub fn compress_all<'a>(contents: impl Iterator<Item = &'a [u8]>) -> Result<Vec<Compressed>> {
    thread::scope(|scope| {
        let threads: Vec<_> = contents
            .map(|content| scope.spawn(|| compress(content)))
            .collect();
        let results = threads.into_iter().map(|thread| match thread.join() {
            Ok(result) => result,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        results.collect()
    })
}

fn compress(content: &[u8]) -> Result<Compressed> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        size_hint: content.len(),
        ..Default::default()
    };
    let mut brotli = Vec::new();
    brotli::BrotliCompress(&mut &content[..], &mut brotli, &parameters)?;
    // Without a time and a system in its header, so that equal contents are equal copies.
    let mut gzip = GzBuilder::new()
        .mtime(0)
        .operating_system(255)
        .write(Vec::new(), Compression::best());
    gzip.write_all(content)?;
    Ok(Compressed {
        brotli,
        gzip: gzip.finish()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn compressed_content_is_the_content() {
        let content = "a line that repeats\n".repeat(500);
        let compressed = compress(content.as_bytes()).unwrap();
        let Compressed { brotli, gzip } = &compressed;
        assert!(
            brotli.len() < 100 && gzip.len() < 200,
            "{} and {} bytes",
            brotli.len(),
            gzip.len()
        );
        let mut restored = Vec::new();
        brotli::BrotliDecompress(&mut &brotli[..], &mut restored).unwrap();
        assert_eq!(String::from_utf8_lossy(&restored), content);
        let mut restored = String::new();
        flate2::read::GzDecoder::new(&gzip[..])
            .read_to_string(&mut restored)
            .unwrap();
        assert_eq!(restored, content);
    }

    #[test]
    fn a_copy_that_is_no_smaller_is_not_written() {
        let folder = std::env::temp_dir().join(format!("compressed-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        write_compressed(&folder, "a.txt", &b"a".repeat(1000)).unwrap();
        write_compressed(&folder, "b.txt", b"b").unwrap();
        let mut names: Vec<_> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(names, ["a.txt", "a.txt.br", "a.txt.gz", "b.txt"]);
        fs::remove_dir_all(&folder).unwrap();
    }
}
