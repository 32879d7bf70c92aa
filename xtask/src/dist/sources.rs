//! Everything that goes into a build, read once: what is bundled is what the fingerprint covers.

use super::compact;
use super::page::Page;
use crate::process::root;
use anyhow::{Context as _, Result};
use std::fs;
use std::path::{Path, PathBuf};

/// The contents of a build before it is bundled.
pub struct Sources {
    /// The app as the linker made it.
    pub app: PathBuf,
    /// The worker as the linker made it.
    pub worker: Option<PathBuf>,
    /// The stylesheets of the first page, one after the other.
    pub style: Vec<u8>,
    /// Those of what opens later.
    pub late_style: Vec<u8>,
    /// The icon.
    pub icon: Vec<u8>,
    /// The script that starts the app.
    pub boot: Vec<u8>,
    /// What makes it a custom element.
    pub in_page: InPage,
    /// Copied files: folder of the build and name, and content.
    pub copies: Vec<CopiedFile>,
}

/// What makes the app a custom element of another page (decision 20).
pub struct InPage {
    /// The script that such a page names.
    pub entry: String,
    /// What the app sees of the browser there.
    pub world: String,
    /// The ground of the app's style in a shadow root.
    pub style: String,
}

/// A file that is copied as it is.
pub struct CopiedFile {
    /// The folder of the build; empty for the top.
    pub folder: String,
    /// Its name.
    pub name: String,
    /// Its content.
    pub content: Vec<u8>,
}

const CONFIG: &str = "config.json";

impl Sources {
    /// Reads what the page names.
    pub fn read(page: &Page, app: PathBuf, worker: Option<PathBuf>) -> Result<Self> {
        let mut copies = Vec::new();
        for copy in &page.copies {
            let files = if copy.is_folder {
                files_of(&copy.from)?
            } else {
                vec![copy.from.clone()]
            };
            for file in files {
                let name = Path::new(&file).file_name().context("a copied file has a name")?;
                let name = name.to_string_lossy().into_owned();
                copies.push(CopiedFile {
                    folder: copy.to.clone(),
                    name,
                    content: read(&file)?,
                });
            }
        }
        Ok(Self {
            app,
            worker,
            style: stylesheet_of(&page.styles)?,
            late_style: stylesheet_of(&page.late_styles)?,
            icon: read(&page.icon)?,
            boot: compact::boot(&text_of(&page.boot)?).into_bytes(),
            in_page: InPage {
                entry: compact::boot(&text_of("public/element.js")?),
                world: compact::boot(&world()?),
                style: compact::stylesheet(&text_of("public/element.css")?),
            },
            copies,
        })
    }

    /// The `config.json` of the build; a build for hosting has none until its administrator writes it.
    pub fn config(&self) -> Option<&[u8]> {
        let is_it = |copy: &&CopiedFile| copy.folder.is_empty() && copy.name == CONFIG;
        Some(&self.copies.iter().find(is_it)?.content)
    }

    /// Puts a `config.json` in the place of the one that is there, if any.
    pub fn set_config(&mut self, content: Vec<u8>) {
        self.copies
            .retain(|copy| !copy.folder.is_empty() || copy.name != CONFIG);
        self.copies.push(CopiedFile {
            folder: String::new(),
            name: CONFIG.to_owned(),
            content,
        });
    }
}

/// The modules of the world as one: none imports from elsewhere.
fn world() -> Result<String> {
    let mut world = String::new();
    for name in ["address", "links", "world"] {
        let module = text_of(&format!("public/element/{name}.js"))?;
        let own = module.lines().filter(|line| !line.starts_with("import { "));
        world.extend(own.flat_map(|line| [line, "\n"]));
    }
    Ok(world)
}

fn stylesheet_of(files: &[String]) -> Result<Vec<u8>> {
    let mut style = String::new();
    for file in files {
        style += &compact::stylesheet(&text_of(file)?);
    }
    Ok(style.into_bytes())
}

fn text_of(file: &str) -> Result<String> {
    String::from_utf8(read(file)?).with_context(|| file.to_owned())
}

fn read(file: &str) -> Result<Vec<u8>> {
    fs::read(root().join(file)).with_context(|| file.to_owned())
}

/// The files that lie directly in a folder, by name, so that a build does not depend on the file system's order.
fn files_of(folder: &str) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(root().join(folder)).with_context(|| folder.to_owned())? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            files.push(format!("{folder}/{}", entry.file_name().to_string_lossy()));
        }
    }
    files.sort();
    Ok(files)
}
