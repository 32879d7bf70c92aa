//! Parts of the app that come as files of their own, when they are first needed (decision 3).

/// The file of a part could not be fetched; asking for the part again fetches it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotLoaded;

#[cfg(feature = "split")]
impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// Declares a function whose code, and all that only it uses, is the named part of the app.
///
/// It becomes `async` and answers `Result<_, NotLoaded>`. In a build that is not split (Trunk, tests) it is part of
/// the whole, and the answer is there at once.
macro_rules! lazy {
    (
        $(#[$meta:meta])*
        $part:ident: $vis:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) -> $output:ty $body:block
    ) => {
        #[cfg(feature = "split")]
        #[::leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, fallible)]
        $(#[$meta])*
        $vis fn $name($($argument: $kind),*) -> Result<$output, $crate::lazy::NotLoaded> {
            Ok($body)
        }

        #[cfg(not(feature = "split"))]
        $(#[$meta])*
        $vis async fn $name($($argument: $kind),*) -> Result<$output, $crate::lazy::NotLoaded> {
            Ok($body)
        }
    };
}
pub(crate) use lazy;
