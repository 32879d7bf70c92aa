//! Commands to a browser as a whole, which a tab is not allowed to give.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

/// How long one command may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where a browser takes commands of the DevTools protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    port: u16,
    path: String,
}

impl Endpoint {
    /// The endpoint of the browser with this profile, which writes down its port and its path there.
    pub fn of_profile(folder: &Path) -> io::Result<Self> {
        let text = std::fs::read_to_string(folder.join("DevToolsActivePort"))?;
        Self::read(&text).ok_or_else(|| io::Error::other(format!("no endpoint in {text:?}")))
    }

    fn read(text: &str) -> Option<Self> {
        let (port, path) = text.trim().split_once('\n')?;
        let port = port.parse().ok()?;
        path.starts_with('/').then(|| Self {
            port,
            path: path.to_owned(),
        })
    }

    /// Host and port.
    pub fn address(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    /// Sends one command and gives its result. It is one message and one answer over a WebSocket (RFC 6455).
    pub fn send(&self, command: &str, parameters: &Value) -> io::Result<Value> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        // Nothing but the browser listens there, so its answer to the key is not checked.
        let hello = format!(
            "GET {} HTTP/1.1\r\nHost: {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: cGctYmFja3VwLXBvcnRhbA==\r\n\r\n",
            self.path,
            self.address()
        );
        stream.write_all(hello.as_bytes())?;
        let mut head = vec![];
        while !head.ends_with(b"\r\n\r\n") {
            head.extend(bytes::<1>(&mut stream)?);
        }
        let message = json!({ "id": 1, "method": command, "params": parameters }).to_string();
        stream.write_all(&text_frame(&message))?;
        loop {
            let mut answer: Value = serde_json::from_slice(&read_frame(&mut stream)?)?;
            if answer["id"] != 1 {
                continue;
            }
            return match answer.get_mut("result") {
                Some(result) => Ok(result.take()),
                None => Err(io::Error::other(format!("{command}: {answer}"))),
            };
        }
    }
}

/// A text as one frame of a client: final, with a mask, which may be of zeros.
fn text_frame(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).expect("a command is short");
    let mut frame = vec![0x81, 0x80 | 126];
    frame.extend(length.to_be_bytes());
    frame.extend([0; 4]);
    frame.extend(text.as_bytes());
    frame
}

/// What the next frame of the server holds.
fn read_frame(stream: &mut impl Read) -> io::Result<Vec<u8>> {
    let [_, length] = bytes(stream)?;
    let length = match length & 0x7f {
        126 => u64::from(u16::from_be_bytes(bytes(stream)?)),
        127 => u64::from_be_bytes(bytes(stream)?),
        short => u64::from(short),
    };
    let mut content = vec![];
    stream.take(length).read_to_end(&mut content)?;
    Ok(content)
}

fn bytes<const COUNT: usize>(stream: &mut impl Read) -> io::Result<[u8; COUNT]> {
    let mut bytes = [0; COUNT];
    stream.read_exact(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, read_frame, text_frame};

    #[test]
    fn the_endpoint_is_read_from_the_two_lines_of_its_file() {
        let endpoint = Endpoint::read("43211\n/devtools/browser/a-b").expect("an endpoint");
        assert_eq!(
            (endpoint.address().as_str(), endpoint.path.as_str()),
            ("127.0.0.1:43211", "/devtools/browser/a-b")
        );
        for text in ["", "43211", "x\n/a", "43211\na"] {
            assert_eq!(Endpoint::read(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_frame_is_as_long_as_it_says() {
        for length in [0, 5, 126, 70_000] {
            let content = "x".repeat(length);
            let mut frame = vec![0x81];
            match length {
                0..126 => frame.push(length as u8),
                126..0x1_0000 => frame.extend([[126].as_slice(), &(length as u16).to_be_bytes()].concat()),
                _ => frame.extend([[127].as_slice(), &(length as u64).to_be_bytes()].concat()),
            }
            frame.extend(content.as_bytes());
            frame.extend(b"more");
            let read = read_frame(&mut frame.as_slice()).expect("a frame");
            assert_eq!(read, content.as_bytes(), "{length}");
        }
        assert_eq!(text_frame("{}"), b"\x81\xfe\x00\x02\x00\x00\x00\x00{}");
    }
}
