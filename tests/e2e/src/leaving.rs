//! What a page lets out of itself besides requests: files to keep, and the clipboard.

/// Runs before each document: a secret in a file that is made, or in what is copied, becomes an error in the console.
///
/// The kinds of secrets are those of [`find_secret`](crate::secrets::find_secret). What is made is read later than it is
/// made; [`ALL_READ`] waits for that.
pub const WATCH: &str = r#"(() => {
    const secret = /(^|[?&"' =])sig=(?!REDACTED)|(^|[^\w-])eyJ[\w-]{9}/i;
    const judge = (place, text) => { if (secret.test(text)) console.error(`a secret in ${place}`); };
    const reading = [];
    Object.defineProperty(window, 'textsThatLeave', { value: () => Promise.all(reading) });
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (made) => {
        if (made instanceof Blob) reading.push(made.text().then((text) => judge('a file to keep', text)));
        return make(made);
    };
    const clipboard = globalThis.Clipboard?.prototype;
    const copy = clipboard?.writeText;
    if (copy) clipboard.writeText = function (text) { judge('the clipboard', text); return copy.call(this, text); };
})();"#;

/// Ends once all that was made in this document is read.
pub const ALL_READ: &str = "
    const done = arguments[arguments.length - 1];
    Promise.resolve(window.textsThatLeave?.()).then(() => done());";
