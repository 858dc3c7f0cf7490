//! Texts for people, in both languages: a gap does not compile.

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Chinese, the default.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Message {
    /// A message in both languages.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Message { zh: zh.into(), en: en.into() }
    }
}
