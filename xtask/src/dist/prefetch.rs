//! The script that fetches the app's other parts while nobody waits for anything.

use super::compact;
use super::packs::Pack;

/// What it does with the list of files that the build puts before it.
const SCRIPT: &str = include_str!("prefetch.js");

/// The transport to the emulator's worker: in the demo it is there before the page, and elsewhere nobody needs it.
const NEVER: &str = "demo";

/// The script with its list: the files of the packs by their final names, in their order.
///
/// It names those of the first page too, since which page comes first is not known; the browser leaves out what it has.
pub fn script(packs: &[Pack], files: &[String]) -> Vec<u8> {
    let fetched = packs.iter().zip(files).filter(|(pack, _)| pack.parts != [NEVER]);
    let names: Vec<_> = fetched.map(|(_, file)| format!("\"./{file}\"")).collect();
    format!(
        "const FILES = [\n{}\n];\n{}",
        names.join(",\n"),
        compact::boot(SCRIPT)
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_names_each_file_that_a_page_may_need_later_and_then_fetches_them() {
        let pack = |parts: &[&str]| Pack {
            stem: String::new(),
            content: Vec::new(),
            labels: Vec::new(),
            parts: parts.iter().map(|part| (*part).to_owned()).collect(),
        };
        let packs = [pack(&["backups"]), pack(&["demo"]), pack(&["demo", "operations"])];
        let files = ["a-1.wasm", "b-2.wasm", "c-3.wasm"].map(str::to_owned);
        let script = String::from_utf8(script(&packs, &files)).unwrap();
        let list = "const FILES = [\n\"./a-1.wasm\",\n\"./c-3.wasm\"\n];\n";
        let rest = script.strip_prefix(list).expect(&script);
        assert!(rest.contains("prefetch().catch("), "{rest}");
        assert!(!rest.contains("\n//"), "{rest}");
    }
}
