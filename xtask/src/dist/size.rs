//! What the first page weighs.

use std::fmt;

/// The pages a sign-in usually ends on, and the part (decision 3) that each loads before it asks for data.
pub const FIRST_PAGES: [(&str, &str); 2] = [
    ("Backup and restore", "backups"),
    ("the list of servers", "servers"),
];

/// Which of [`FIRST_PAGES`] loads a file before its data.
pub type OnPages = [bool; FIRST_PAGES.len()];

/// The files a browser loads before a first page asks for data, and those of the other parts, with their weights.
#[derive(Debug, Default, PartialEq)]
pub struct FirstPage {
    files: Vec<FileSize>,
}

#[derive(Debug, PartialEq)]
struct FileSize {
    name: String,
    raw: usize,
    compressed: usize,
    pages: OnPages,
}

/// The pages that load what belongs to these parts.
pub fn pages_of(parts: &[String]) -> OnPages {
    FIRST_PAGES.map(|(_, needed)| parts.iter().any(|part| part == needed))
}

impl FirstPage {
    /// Adds a file: bytes as they are, and compressed with brotli 11.
    pub fn add(&mut self, name: &str, raw: usize, compressed: usize, pages: OnPages) {
        self.files.push(FileSize {
            name: name.to_owned(),
            raw,
            compressed,
            pages,
        });
    }

    /// All that *Backup and restore* loads before its data, in compressed bytes.
    pub fn total(&self) -> usize {
        self.sum_of(0).compressed
    }

    fn sum_of(&self, page: usize) -> FileSize {
        let of = |weight: fn(&FileSize) -> usize| {
            self.files
                .iter()
                .filter(|file| file.pages[page])
                .map(weight)
                .sum()
        };
        FileSize {
            name: format!("{}, together", FIRST_PAGES[page].0),
            raw: of(|file| file.raw),
            compressed: of(|file| file.compressed),
            pages: OnPages::default(),
        }
    }

    /// The form in which it is kept: a file a line, which begins with a digit for each page.
    pub fn to_lines(&self) -> String {
        let lines = self.files.iter().map(|file| {
            let pages: String = file
                .pages
                .map(|is_loaded| if is_loaded { '1' } else { '0' })
                .iter()
                .collect();
            format!("{pages} {} {} {}\n", file.raw, file.compressed, file.name)
        });
        lines.collect()
    }

    /// Reads what [`Self::to_lines`] wrote.
    pub fn from_lines<'a>(lines: impl Iterator<Item = &'a str>) -> Option<Self> {
        let mut page = Self::default();
        for line in lines {
            let (pages, rest) = line.split_once(' ')?;
            let (raw, rest) = rest.split_once(' ')?;
            let (compressed, name) = rest.split_once(' ')?;
            let pages: Vec<_> = pages.chars().map(|digit| digit == '1').collect();
            page.add(
                name,
                raw.parse().ok()?,
                compressed.parse().ok()?,
                pages.try_into().ok()?,
            );
        }
        Some(page)
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
        let title = format!("{} loads before its data", FIRST_PAGES[0].0);
        writeln!(f, "{title:<64}{:>12}{:>12}", "raw", "brotli 11")?;
        for file in self.files.iter().filter(|file| file.pages[0]) {
            writeln!(f, "{file}")?;
        }
        writeln!(f, "{}", self.sum_of(0))?;
        write!(f, "{}", self.sum_of(1))?;
        let mut later = self.files.iter().filter(|file| !file.pages[0]).peekable();
        if later.peek().is_some() {
            write!(f, "\nLoaded when they are needed")?;
        }
        later.try_for_each(|file| write!(f, "\n{file}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn four_files() -> FirstPage {
        let mut page = FirstPage::default();
        page.add("index.html", 2_345, 987, [true, true]);
        page.add("a name with spaces.wasm", 500_000, 150_050, [true, false]);
        page.add("servers.wasm", 30_000, 10_000, [false, true]);
        page.add("part.wasm", 70_000, 20_000, [false, false]);
        page
    }

    #[test]
    fn the_weights_are_kept_and_read_again() {
        let page = four_files();
        assert_eq!(FirstPage::from_lines(page.to_lines().lines()), Some(four_files()));
        assert_eq!(FirstPage::from_lines(["11 12 x y"].into_iter()), None);
        assert_eq!(FirstPage::from_lines(["1 12 12 y"].into_iter()), None);
        assert_eq!(page.total(), 151_037);
    }

    #[test]
    fn a_page_loads_what_belongs_to_one_of_its_parts() {
        let pages =
            |parts: &[&str]| pages_of(&parts.iter().map(|part| (*part).to_owned()).collect::<Vec<_>>());
        assert_eq!(pages(&["backups"]), [true, false]);
        assert_eq!(pages(&["operations", "servers"]), [false, true]);
        assert_eq!(pages(&["backups", "servers"]), [true, true]);
        assert_eq!(pages(&["operations", "backup_panes"]), [false, false]);
    }

    #[test]
    fn the_table_shows_each_file_and_a_sum_for_each_page() {
        let table = four_files().to_string();
        let columns: Vec<Vec<&str>> = table
            .lines()
            .map(|line| line.split_whitespace().rev().take(5).collect())
            .collect();
        assert_eq!(columns[1], ["kB", "0.9", "kB", "2.3", "index.html"], "{table}");
        assert_eq!(columns[3], ["kB", "151.0", "kB", "502.3", "together"], "{table}");
        assert_eq!(columns[4], ["kB", "10.9", "kB", "32.3", "together"], "{table}");
        assert_eq!(
            columns[6],
            ["kB", "10.0", "kB", "30.0", "servers.wasm"],
            "{table}"
        );
        assert_eq!(columns[7], ["kB", "20.0", "kB", "70.0", "part.wasm"], "{table}");
    }
}
