//! The page for people.

use arm_emulator_server::Options;
use reqwest::Method;

use crate::rig::{Rig, header};

/// A `curl` command as a request; only what the page uses is understood.
#[derive(Debug)]
struct Command {
    method: Method,
    url: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
}

fn commands(page: &str) -> Vec<Command> {
    let blocks = page.split("<pre><code>").skip(1);
    let commands = blocks.filter_map(|block| block.split("</code></pre>").next());
    commands.map(command).collect()
}

fn command(text: &str) -> Command {
    // Quoted arguments are at the odd places between single quotes; what precedes them names them.
    let pieces: Vec<_> = text.split('\'').collect();
    let mut command = Command {
        method: Method::GET,
        url: String::new(),
        headers: Vec::new(),
        body: None,
    };
    for pair in pieces.chunks_exact(2) {
        let (flags, argument) = (pair[0], pair[1].to_owned());
        if let Some((_, after)) = flags.split_once("-X ") {
            let name = after.split(' ').next().unwrap_or_default();
            command.method = Method::from_bytes(name.as_bytes()).expect(name);
        }
        match flags.trim_end().rsplit(' ').next() {
            Some("-H") => {
                let (name, value) = argument.split_once(": ").expect("a header");
                command.headers.push((name.to_owned(), value.to_owned()));
            }
            Some("-d") => {
                command.body = Some(argument);
                if command.method == Method::GET {
                    command.method = Method::POST;
                }
            }
            _ => command.url = argument,
        }
    }
    command
}

#[tokio::test]
async fn every_command_on_the_page_works_as_it_stands() {
    let reading = Rig::start(Options::default()).await;
    let page = reading.request(Method::GET, "/").send().await.expect("an answer");
    let page = page.text().await.expect("a body");
    let commands = commands(&page);
    assert_eq!(commands.len(), 10, "{commands:?}");
    for command in commands {
        // Each on its own: a fault of one command must not meet another.
        let rig = Rig::start(Options::default()).await;
        let url = command.url.replace(&reading.server.url(), &rig.server.url());
        let mut request = reqwest::Client::new().request(command.method.clone(), &url);
        for (name, value) in &command.headers {
            request = request.header(name, value);
        }
        let request = request.body(command.body.clone().unwrap_or_default());
        let answer = request.send().await.expect("an answer");
        assert!(answer.status().is_success(), "{command:?}: {answer:?}");
    }
}

#[tokio::test]
async fn the_page_and_its_files_come_under_a_strict_policy() {
    let rig = Rig::start(Options::default()).await;
    for (path, content_type) in [
        ("/", "text/html"),
        ("/_emulator/page.js", "text/javascript"),
        ("/_emulator/page.css", "text/css"),
    ] {
        let answer = rig.request(Method::GET, path).send().await.expect("an answer");
        assert_eq!(answer.status(), 200, "{path}");
        assert!(
            header(&answer, "Content-Type").starts_with(content_type),
            "{answer:?}"
        );
        let policy = header(&answer, "Content-Security-Policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(header(&answer, "Access-Control-Allow-Origin"), "", "{path}");
        let text = answer.text().await.expect("a body");
        assert!(!text.contains("{origin}") && !text.contains(" style="), "{path}");
        assert!(!text.contains("innerHTML"), "{path}");
    }
}

#[tokio::test]
async fn every_place_that_the_script_fills_is_on_the_page() {
    let rig = Rig::start(Options::default()).await;
    let mut texts = Vec::new();
    for path in ["/", "/_emulator/page.js"] {
        let answer = rig.request(Method::GET, path).send().await.expect("an answer");
        texts.push(answer.text().await.expect("a body"));
    }
    let script = &texts[1];
    let asked = script.split("getElementById(\"").chain(script.split("fill(\""));
    let ids: Vec<_> = asked
        .filter_map(|after| after.split_once('"'))
        .map(|(id, _)| id)
        .collect();
    let known: Vec<_> = ids
        .into_iter()
        .filter(|id| !id.is_empty() && id.len() < 20)
        .collect();
    assert!(known.len() >= 7, "{known:?}");
    for id in known {
        assert!(texts[0].contains(&format!("id=\"{id}\"")), "{id}");
    }
}
