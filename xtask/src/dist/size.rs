//! What the first page weighs.

use std::fmt;

/// The files a browser loads before the app's first page stands, with their weights.
#[derive(Debug, Default, PartialEq)]
pub struct FirstPage {
    files: Vec<FileSize>,
    later: Vec<FileSize>,
}

#[derive(Debug, PartialEq)]
struct FileSize {
    name: String,
    raw: usize,
    compressed: usize,
}

impl FirstPage {
    /// Adds a file: bytes as they are, and compressed with brotli 11.
    pub fn add(&mut self, name: &str, raw: usize, compressed: usize) {
        self.files.push(FileSize::new(name, raw, compressed));
    }

    /// Adds a file that is fetched later, if at all; it does not count.
    pub fn add_later(&mut self, name: &str, raw: usize, compressed: usize) {
        self.later.push(FileSize::new(name, raw, compressed));
    }

    /// All files together, in compressed bytes.
    pub fn total(&self) -> usize {
        self.files.iter().map(|file| file.compressed).sum()
    }

    /// The form in which it is kept: a file a line.
    pub fn to_lines(&self) -> String {
        let lines = |when: &str, files: &[FileSize]| -> String {
            files
                .iter()
                .map(|file| format!("{when} {} {} {}\n", file.raw, file.compressed, file.name))
                .collect()
        };
        lines("first", &self.files) + &lines("later", &self.later)
    }

    /// Reads what [`Self::to_lines`] wrote.
    pub fn from_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut page = Self::default();
        for line in lines {
            let (when, rest) = line.split_once(' ')?;
            let (raw, rest) = rest.split_once(' ')?;
            let (compressed, name) = rest.split_once(' ')?;
            let add = if when == "first" {
                Self::add
            } else {
                Self::add_later
            };
            add(&mut page, name, raw.parse().ok()?, compressed.parse().ok()?);
        }
        Some(page)
    }
}

impl FileSize {
    fn new(name: &str, raw: usize, compressed: usize) -> Self {
        Self {
            name: name.to_owned(),
            raw,
            compressed,
        }
    }

    fn sum(files: &[Self], name: &str) -> Self {
        let raw = files.iter().map(|file| file.raw).sum();
        Self::new(name, raw, files.iter().map(|file| file.compressed).sum())
    }
}

impl fmt::Display for FileSize {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kilobytes = |bytes: usize| format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100);
        let (raw, compressed) = (kilobytes(self.raw), kilobytes(self.compressed));
        write!(f, "{:<64}{raw:>12}{compressed:>12}", self.name)
    }
}

impl fmt::Display for FirstPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:<64}{:>12}{:>12}",
            "The first page loads", "raw", "brotli 11"
        )?;
        for file in &self.files {
            writeln!(f, "{file}")?;
        }
        write!(f, "{}", FileSize::sum(&self.files, "together"))?;
        if !self.later.is_empty() {
            write!(f, "\nLoaded when they are needed")?;
        }
        for file in &self.later {
            write!(f, "\n{file}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two_files() -> FirstPage {
        let mut page = FirstPage::default();
        page.add("index.html", 2_345, 987);
        page.add("a name with spaces.wasm", 500_000, 150_050);
        page.add_later("part.wasm", 70_000, 20_000);
        page
    }

    #[test]
    fn the_weights_are_kept_and_read_again() {
        let page = two_files();
        assert_eq!(FirstPage::from_lines(page.to_lines().lines()), Some(two_files()));
        assert_eq!(FirstPage::from_lines(["first 12 x y"].into_iter()), None);
        assert_eq!(page.total(), 151_037);
    }

    #[test]
    fn the_table_shows_each_file_and_the_sum_without_what_comes_later() {
        let table = two_files().to_string();
        let columns: Vec<Vec<&str>> = table
            .lines()
            .map(|line| line.split_whitespace().collect())
            .collect();
        assert_eq!(columns[1], ["index.html", "2.3", "kB", "0.9", "kB"], "{table}");
        assert_eq!(columns[3], ["together", "502.3", "kB", "151.0", "kB"], "{table}");
        assert_eq!(columns[5], ["part.wasm", "70.0", "kB", "20.0", "kB"], "{table}");
    }
}
