//! Writing a build: bindings, names by hash, integrity, compressed copies.

use super::bindings::{Bound, bind};
use super::bridge;
use super::compressed::{Compressed, compress_all};
use super::fingerprint::short;
use super::in_page;
use super::in_page_style;
use super::page::{Asset, Names, Page};
use super::papers::Release;
use super::prefetch;
use super::public_url::PublicUrl;
use super::size::{FirstPage, OnPages, pages_of};
use super::sources::{CopiedFile, Sources};
use super::split::{loader_name, split};
use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha384};
use std::fs;
use std::path::Path;

/// Writes the build into the folder and weighs its first page; `public_url` is the path it will be served below.
pub fn write(
    page: &Page,
    sources: &Sources,
    bindgen: &Path,
    release: &Release,
    public_url: &PublicUrl,
    out: &Path,
    to_be_recorded: bool,
) -> Result<FirstPage> {
    let bindings = out.with_extension("bindings");
    let mut app = split(bindgen, &sources.app, &page.app, &bindings, to_be_recorded)?;
    let worker = match (&page.worker, &sources.worker) {
        (Some(worker), Some(linked)) => Some(bind(
            bindgen,
            linked,
            &worker.binary,
            &bindings,
            &["--remove-name-section"],
        )?),
        _ => None,
    };

    let packs = app.packs.iter().map(|pack| {
        let stem = format!("{}-{}", page.app, pack.stem);
        (
            pages_of(&pack.parts),
            File::hashed(&stem, ".wasm", pack.content.clone()),
        )
    });
    let packs: Vec<_> = packs.collect();
    let pack_names: Vec<_> = packs.iter().map(|(_, file)| file.name.clone()).collect();
    let later = app.later.iter().map(|rest| {
        let stem = format!("{}-later_{}", page.app, rest.of);
        File::hashed(&stem, ".wasm", rest.content.clone())
    });
    let later: Vec<_> = later.collect();
    let later_names: Vec<_> = later.iter().map(|file| file.name.clone()).collect();
    let hash = app.link(&page.app, &pack_names, &later_names)?;
    let in_page_app = {
        let (script, loader) = (str::from_utf8(&app.main.script)?, str::from_utf8(&app.loader)?);
        let app = sources.in_page.world.clone() + &in_page::program(script, loader)?;
        File::hashed("element-app", ".js", app.into_bytes())
    };
    let script = File::named(format!("{}-{hash}.js", page.app), app.main.script);
    let loader = File::named(loader_name(&page.app, &hash), app.loader);
    let wasm = File::hashed(&page.app, "_bg.wasm", app.main.wasm);
    let style = File::hashed("style", ".css", sources.style.clone());
    let late_style = File::hashed("late", ".css", sources.late_style.clone());
    let prefetch = File::hashed("prefetch", ".js", prefetch::script(&app.packs, &pack_names));
    let in_page_style = {
        let [style, late] = [&sources.style, &sources.late_style].map(|style| str::from_utf8(style));
        let style = in_page_style::style(&format!("{}{}", style?, late?))?;
        File::hashed(
            "element",
            ".css",
            format!("{}{style}", sources.in_page.style).into_bytes(),
        )
    };
    let boot = File::hashed("boot", ".js", sources.boot.clone());
    let icon = File::hashed("icon", ".svg", sources.icon.clone());
    let (worker_folder, worker_files) = match (&page.worker, worker) {
        (Some(description), Some(bound)) => {
            let own = sources
                .copies
                .iter()
                .filter(|copy| copy.folder == description.folder);
            let (folder, files) = worker_files(&description.folder, &description.binary, bound, own);
            (Some(folder), files)
        }
        _ => (None, Vec::new()),
    };

    let in_page_names = in_page::Names {
        app: in_page_app.asset(),
        wasm: wasm.asset(),
        style: in_page_style.asset(),
    };
    let in_page_entry = in_page::entry(&sources.in_page.entry, &in_page_names, release);
    let in_page_entry = File::named("element.js".to_owned(), in_page_entry.into_bytes());

    let config = sources.config().unwrap_or_default();
    let config = serde_json::from_slice(config).unwrap_or_default();
    let policy = static_host::content_security_policy_of_the_page(&config);
    let names = Names {
        script: script.asset(),
        loader: loader.asset(),
        wasm: wasm.asset(),
        style: style.asset(),
        late_style: late_style.asset(),
        prefetch: prefetch.asset(),
        boot: boot.asset(),
        icon: icon.asset(),
        worker_folder,
        policy,
        release: release.meta(),
    };
    let html = page.render(&names, public_url).into_bytes();

    const EVERY: OnPages = [true; 2];
    const LATER: OnPages = [false; 2];
    let mut weighed: Vec<_> = [&script, &loader, &wasm, &style, &boot]
        .map(|file| (file.name.clone(), EVERY))
        .to_vec();
    weighed.push(("index.html".to_owned(), EVERY));
    weighed.extend(packs.iter().map(|(pages, file)| (file.name.clone(), *pages)));
    let not_waited_for = later.iter().chain([&late_style, &prefetch]);
    weighed.extend(not_waited_for.map(|file| (file.name.clone(), LATER)));
    let mut files = vec![script, loader, wasm, style, late_style, prefetch, boot, icon];
    files.extend(later);
    files.extend(packs.into_iter().map(|(_, file)| file));
    files.extend([in_page_app, in_page_style, in_page_entry]);
    files.extend(worker_files);
    let in_worker = page.worker.as_ref().map(|worker| worker.folder.as_str());
    files.extend(
        sources
            .copies
            .iter()
            .filter(|copy| Some(copy.folder.as_str()) != in_worker && !bridge::is_of_it(copy))
            .map(File::copied),
    );
    files.extend(bridge_files(sources)?);
    // 404.html is what hosts without a fallback answer for a page of the app.
    files.push(File {
        name: "index.html".into(),
        content: html.clone(),
        is_editable: true,
    });
    files.push(File {
        name: "404.html".into(),
        content: html,
        is_editable: true,
    });

    let compressed = compress_all(files.iter().map(|file| file.content.as_slice()))?;
    for (file, compressed) in files.iter().zip(&compressed) {
        file.write(out, compressed)?;
    }
    let mut first_page = FirstPage::default();
    for (file, compressed) in files.iter().zip(&compressed) {
        if let Some((_, pages)) = weighed.iter().find(|(name, _)| *name == file.name) {
            first_page.add(&file.name, file.content.len(), compressed.brotli.len(), *pages);
        }
    }
    fs::remove_dir_all(&bindings)?;
    Ok(first_page)
}

/// The page that frames and windows come back to, and its script.
fn bridge_files(sources: &Sources) -> Result<Vec<File>> {
    let of_name = |name: &str| {
        let mut copies = sources.copies.iter();
        let copy = copies.find(|copy| bridge::is_of_it(copy) && copy.name == name);
        copy.with_context(|| format!("index.html does not copy {name}"))
    };
    let script = File::hashed("auth-bridge", ".js", of_name(bridge::SCRIPT)?.content.clone());
    let Asset { href, integrity } = script.asset();
    let page = of_name(bridge::PAGE)?;
    let html = bridge::render(&String::from_utf8(page.content.clone())?, &href, &integrity)?;
    let page = File {
        content: html.into_bytes(),
        ..File::copied(page)
    };
    Ok(vec![script, page])
}

/// The worker's files keep their names, since they name each other; their folder has the hash of them all.
fn worker_files<'a>(
    folder: &str,
    binary: &str,
    bound: Bound,
    copies: impl Iterator<Item = &'a CopiedFile>,
) -> (String, Vec<File>) {
    let mut files = vec![
        File {
            name: format!("{binary}.js"),
            content: bound.script,
            is_editable: false,
        },
        File {
            name: format!("{binary}_bg.wasm"),
            content: bound.wasm,
            is_editable: false,
        },
    ];
    files.extend(copies.map(|copy| File {
        name: copy.name.clone(),
        content: copy.content.clone(),
        is_editable: false,
    }));
    let all: Vec<u8> = files
        .iter()
        .flat_map(|file| short(&file.content).into_bytes())
        .collect();
    let folder = format!("{folder}-{}", short(&all));
    for file in &mut files {
        file.name = format!("{folder}/{}", file.name);
    }
    (folder, files)
}

struct File {
    /// Relative to the build.
    name: String,
    content: Vec<u8>,
    /// Whether an installation changes it (config.json, the base path in a page). A compressed copy would hide the
    /// change, so it has none.
    is_editable: bool,
}

impl File {
    fn hashed(stem: &str, end: &str, content: Vec<u8>) -> Self {
        Self::named(format!("{stem}-{}{end}", short(&content)), content)
    }

    fn named(name: String, content: Vec<u8>) -> Self {
        Self {
            name,
            content,
            is_editable: false,
        }
    }

    fn copied(copy: &CopiedFile) -> Self {
        let at_top = copy.folder.is_empty();
        let name = if at_top {
            copy.name.clone()
        } else {
            format!("{}/{}", copy.folder, copy.name)
        };
        Self {
            name,
            content: copy.content.clone(),
            is_editable: at_top,
        }
    }

    fn asset(&self) -> Asset {
        let integrity = format!("sha384-{}", STANDARD.encode(Sha384::digest(&self.content)));
        Asset {
            href: format!("./{}", self.name),
            integrity,
        }
    }

    fn write(&self, out: &Path, compressed: &Compressed) -> Result<()> {
        let path = out.join(&self.name);
        fs::create_dir_all(path.parent().context("a file of a build lies in a folder")?)?;
        fs::write(&path, &self.content)?;
        if self.is_editable {
            return Ok(());
        }
        compressed.write(&path, &self.content)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy(name: &str, content: &str) -> CopiedFile {
        CopiedFile {
            folder: "worker".into(),
            name: name.into(),
            content: content.as_bytes().to_vec(),
        }
    }

    fn worker(shell: &str) -> (String, Vec<String>) {
        let bound = Bound {
            script: b"js".to_vec(),
            wasm: b"wasm".to_vec(),
        };
        let copies = [copy("shell.js", shell)];
        let (folder, files) = worker_files("worker", "w", bound, copies.iter());
        (folder, files.into_iter().map(|file| file.name).collect())
    }

    #[test]
    fn a_worker_keeps_its_names_in_a_folder_that_changes_with_any_of_its_files() {
        let (folder, files) = worker("one");
        assert!(folder.starts_with("worker-"), "{folder}");
        assert_eq!(
            files,
            ["w.js", "w_bg.wasm", "shell.js"].map(|name| format!("{folder}/{name}"))
        );
        assert_eq!(worker("one").0, folder, "the same files, the same folder");
        assert_ne!(worker("two").0, folder);
    }

    #[test]
    fn what_an_installation_edits_has_no_compressed_copy() {
        let top = CopiedFile {
            folder: String::new(),
            ..copy("config.json", "{}")
        };
        assert!(File::copied(&top).is_editable, "config.json");
        let page = File::copied(&copy("authorize.html", "<p>"));
        assert!(!page.is_editable, "{}", page.name);
        assert_eq!(page.name, "worker/authorize.html");
    }
}
