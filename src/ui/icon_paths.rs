//! The drawings: one path each, in a box of 20 by 20 with a clear edge of 2.8.

/// What an icon stands for; the names are Fluent's, the drawings are our own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names of the drawings say what they show")]
pub enum IconName {
    Add,
    Alert,
    Archive,
    ArrowClockwise,
    ArrowDownload,
    ArrowSortDown,
    Calendar,
    Checkmark,
    CheckmarkCircle,
    ChevronDown,
    ChevronLeft,
    ChevronRight,
    Clock,
    Code,
    Copy,
    Database,
    Delete,
    Dismiss,
    DismissCircle,
    Document,
    Filter,
    Grid,
    History,
    Info,
    Key,
    LockClosed,
    MoreHorizontal,
    Navigation,
    Open,
    Person,
    QuestionCircle,
    Search,
    Shield,
    SignOut,
    Stop,
    TaskListLtr,
    Vault,
    Warning,
    WeatherMoon,
    WeatherSunny,
}

impl IconName {
    /// Every icon, in the order of the alphabet.
    pub const ALL: [Self; 40] = [
        Self::Add,
        Self::Alert,
        Self::Archive,
        Self::ArrowClockwise,
        Self::ArrowDownload,
        Self::ArrowSortDown,
        Self::Calendar,
        Self::Checkmark,
        Self::CheckmarkCircle,
        Self::ChevronDown,
        Self::ChevronLeft,
        Self::ChevronRight,
        Self::Clock,
        Self::Code,
        Self::Copy,
        Self::Database,
        Self::Delete,
        Self::Dismiss,
        Self::DismissCircle,
        Self::Document,
        Self::Filter,
        Self::Grid,
        Self::History,
        Self::Info,
        Self::Key,
        Self::LockClosed,
        Self::MoreHorizontal,
        Self::Navigation,
        Self::Open,
        Self::Person,
        Self::QuestionCircle,
        Self::Search,
        Self::Shield,
        Self::SignOut,
        Self::Stop,
        Self::TaskListLtr,
        Self::Vault,
        Self::Warning,
        Self::WeatherMoon,
        Self::WeatherSunny,
    ];

    /// The path data of the drawing.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Add => "M10 3.5v13M3.5 10h13",
            Self::Alert => {
                "M10 2.9a5 5 0 0 0-5 5v3.3l-1.3 2.5a.6.6 0 0 0 .5.9h11.6a.6.6 0 0 0 .5-.9L15 11.2V7.9a5 5 0 0 0-5-5Z\
                 M7.9 14.7a2.1 2.1 0 0 0 4.2 0"
            }
            Self::Archive => {
                "M3.6 3.8h12.8a.6.6 0 0 1 .6.6v2.2a.6.6 0 0 1-.6.6H3.6a.6.6 0 0 1-.6-.6V4.4a.6.6 0 0 1 .6-.6Z\
                 M4.1 7.2v7.6a1.4 1.4 0 0 0 1.4 1.4h9a1.4 1.4 0 0 0 1.4-1.4V7.2M8.2 10.3h3.6"
            }
            Self::ArrowClockwise => "M16.6 10a6.6 6.6 0 1 1-1.9-4.7l1.9 1.9M16.7 3.4v3.9h-3.9",
            Self::ArrowDownload => {
                "M10 3v9.4M6.2 8.7l3.8 3.8 3.8-3.8M3.6 14v1.6A1.4 1.4 0 0 0 5 17h10a1.4 1.4 0 0 0 1.4-1.4V14"
            }
            Self::ArrowSortDown => "M10 3.5v13M5.2 11.7l4.8 4.8 4.8-4.8",
            Self::Calendar => {
                "M4.8 3.8h10.4a1.8 1.8 0 0 1 1.8 1.8v9.6a1.8 1.8 0 0 1-1.8 1.8H4.8A1.8 1.8 0 0 1 3 15.2V5.6\
                 a1.8 1.8 0 0 1 1.8-1.8ZM3 7.6h14M6.8 2.8v2M13.2 2.8v2"
            }
            Self::Checkmark => "M4 10.6l3.9 3.9L16.2 6",
            Self::CheckmarkCircle => {
                "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4ZM6.9 10.2l2.2 2.2 4.1-4.4"
            }
            Self::ChevronDown => "M4.8 7.4l5.2 5.2 5.2-5.2",
            Self::ChevronLeft => "M12.6 4.8L7.4 10l5.2 5.2",
            Self::ChevronRight => "M7.4 4.8l5.2 5.2-5.2 5.2",
            Self::Clock => "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4ZM9.7 6v4.5h3.3",
            Self::Code => "M6.4 5.8L2.9 10l3.5 4.2M13.6 5.8l3.5 4.2-3.5 4.2M11.5 4.2L8.5 15.8",
            Self::Copy => {
                "M8 2.9h6.8a1.4 1.4 0 0 1 1.4 1.4v8.8a1.4 1.4 0 0 1-1.4 1.4H8a1.4 1.4 0 0 1-1.4-1.4V4.3\
                 A1.4 1.4 0 0 1 8 2.9ZM6.6 5.2h-.9a1.9 1.9 0 0 0-1.9 1.9v8A2.1 2.1 0 0 0 5.9 17.2H11\
                 a1.9 1.9 0 0 0 1.9-1.9v-.8"
            }
            Self::Database => {
                "M10 2.9c3.3 0 5.9 1.1 5.9 2.5S13.3 7.9 10 7.9 4.1 6.8 4.1 5.4 6.7 2.9 10 2.9Z\
                 M4.1 5.4v9.2c0 1.4 2.6 2.5 5.9 2.5s5.9-1.1 5.9-2.5V5.4M4.1 10c0 1.4 2.6 2.5 5.9 2.5s5.9-1.1 5.9-2.5"
            }
            Self::Delete => {
                "M3.2 5.2h13.6M7.9 5.2v-.8a1.5 1.5 0 0 1 1.5-1.5h1.2a1.5 1.5 0 0 1 1.5 1.5v.8\
                 M4.8 5.2l.9 10.4a1.6 1.6 0 0 0 1.6 1.5h5.4a1.6 1.6 0 0 0 1.6-1.5l.9-10.4M8.5 8.5v5.2M11.5 8.5v5.2"
            }
            Self::Dismiss => "M4.2 4.2l11.6 11.6M15.8 4.2L4.2 15.8",
            Self::DismissCircle => {
                "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4ZM7.4 7.4l5.2 5.2M12.6 7.4l-5.2 5.2"
            }
            Self::Document => {
                "M6 2.9h4.9l4.3 4.3v8.5a1.4 1.4 0 0 1-1.4 1.4H6a1.4 1.4 0 0 1-1.4-1.4V4.3A1.4 1.4 0 0 1 6 2.9Z\
                 M10.8 3v3.2a1.1 1.1 0 0 0 1.1 1.1h3.2"
            }
            Self::Filter => "M2.9 5.6h14.2M5.4 10h9.2M7.9 14.4h4.2",
            Self::Grid => {
                "M3.6 3.2h4a.5.5 0 0 1 .5.5v4a.5.5 0 0 1-.5.5h-4a.5.5 0 0 1-.5-.5v-4a.5.5 0 0 1 .5-.5Z\
                 M12.4 3.2h4a.5.5 0 0 1 .5.5v4a.5.5 0 0 1-.5.5h-4a.5.5 0 0 1-.5-.5v-4a.5.5 0 0 1 .5-.5Z\
                 M3.6 11.8h4a.5.5 0 0 1 .5.5v4a.5.5 0 0 1-.5.5h-4a.5.5 0 0 1-.5-.5v-4a.5.5 0 0 1 .5-.5Z\
                 M12.4 11.8h4a.5.5 0 0 1 .5.5v4a.5.5 0 0 1-.5.5h-4a.5.5 0 0 1-.5-.5v-4a.5.5 0 0 1 .5-.5Z"
            }
            Self::History => "M3.5 7.6a7 7 0 1 1-.3 4.2M3.2 3.7v3.9h3.9M9.8 6.2v4.3h3.2",
            Self::Info => "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4ZM10 9.2v4.4M10 6.5v.02",
            Self::Key => {
                "M12.9 2.9a4.2 4.2 0 0 0-4 5.5l-5.7 5.7a.8.8 0 0 0-.2.5v1.9a.6.6 0 0 0 .6.6h2.3v-1.9h1.9v-1.9h1.6\
                 l1.6-1.7a4.2 4.2 0 1 0 1.9-8.7ZM13.9 6.1v.02"
            }
            Self::LockClosed => {
                "M5.6 8.3h8.8a1.4 1.4 0 0 1 1.4 1.4v6a1.4 1.4 0 0 1-1.4 1.4H5.6a1.4 1.4 0 0 1-1.4-1.4v-6\
                 a1.4 1.4 0 0 1 1.4-1.4ZM7 8.3V5.9a3 3 0 0 1 6 0v2.4M10 12.6v.02"
            }
            Self::MoreHorizontal => {
                "M4.8 9.7a.3.3 0 1 0 0 .6.3.3 0 0 0 0-.6ZM10 9.7a.3.3 0 1 0 0 .6.3.3 0 0 0 0-.6Z\
                 M15.2 9.7a.3.3 0 1 0 0 .6.3.3 0 0 0 0-.6Z"
            }
            Self::Navigation => "M2.9 5.4h14.2M2.9 10h14.2M2.9 14.6h14.2",
            Self::Open => {
                "M11.8 2.9h5.3v5.3M17.1 2.9l-7 7M8.6 3.9H5a2 2 0 0 0-2 2V15a2 2 0 0 0 2 2h9.1a2 2 0 0 0 2-2v-3.6"
            }
            Self::Person => {
                "M10 2.9a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8ZM3.6 17.1c.3-2.9 2.8-4.7 6.4-4.7s6.1 1.8 6.4 4.7"
            }
            Self::QuestionCircle => {
                "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4ZM8 8.2a2 2 0 1 1 3.2 1.6c-.8.6-1.2 1-1.2 1.8\
                 M10 13.9v.02"
            }
            Self::Search => "M8.6 3a5.6 5.6 0 1 0 0 11.2A5.6 5.6 0 0 0 8.6 3ZM12.7 12.7l4.4 4.4",
            Self::Shield => {
                "M10 2.8c1.9 1.5 4 2.2 6.2 2.3v4.5c0 3.6-2.2 6.1-6.2 7.6-4-1.5-6.2-4-6.2-7.6V5.1c2.2-.1 4.3-.8 6.2-2.3Z"
            }
            Self::SignOut => {
                "M8.5 3.2H5a1.8 1.8 0 0 0-1.8 1.8v10A1.8 1.8 0 0 0 5 16.8h3.5M12.7 5.9l4.1 4.1-4.1 4.1M16.5 10H8"
            }
            Self::Stop => {
                "M5.2 4h9.6A1.2 1.2 0 0 1 16 5.2v9.6a1.2 1.2 0 0 1-1.2 1.2H5.2A1.2 1.2 0 0 1 4 14.8V5.2A1.2 1.2 0 0 1 5.2 4Z"
            }
            Self::TaskListLtr => {
                "M8.8 4.9h8.3M8.8 10h8.3M8.8 15.1h8.3M2.9 4.8l1.3 1.3 2.2-2.6M2.9 9.9l1.3 1.3 2.2-2.6M2.9 15l1.3 1.3 2.2-2.6"
            }
            Self::Vault => {
                "M4.6 3h10.8a1.6 1.6 0 0 1 1.6 1.6v9.8a1.6 1.6 0 0 1-1.6 1.6H4.6A1.6 1.6 0 0 1 3 14.4V4.6A1.6 1.6 0 0 1 4.6 3Z\
                 M10 6.9a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2ZM10 5.6v1.3M10 12.1v1.3M5.8 7.4v4.2M5.6 16v1.2M14.4 16v1.2"
            }
            Self::Warning => {
                "M10.6 3.3l6.5 12.3a.7.7 0 0 1-.6 1h-13a.7.7 0 0 1-.6-1L9.4 3.3a.7.7 0 0 1 1.2 0ZM10 7.9v4M10 14.2v.02"
            }
            Self::WeatherMoon => "M15.9 12.9A7 7 0 1 1 8 3.2a5.7 5.7 0 0 0 7.9 9.7Z",
            Self::WeatherSunny => {
                "M10 6.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8ZM10 2.8v1M10 16.2v1M2.8 10h1M16.2 10h1\
                 M4.9 4.9l.7.7M14.4 14.4l.7.7M4.9 15.1l.7-.7M14.4 5.6l.7-.7"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::IconName;

    #[test]
    fn every_icon_has_a_drawing_of_its_own() {
        for (index, icon) in IconName::ALL.iter().enumerate() {
            assert!(icon.path().starts_with('M'), "{icon:?}: {}", icon.path());
            for other in &IconName::ALL[index + 1..] {
                assert_ne!(icon.path(), other.path(), "{icon:?} and {other:?}");
            }
        }
    }
}
