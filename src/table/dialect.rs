//! The ways a table falls into text; one file a dialect.

/// One way of writing a table down.
pub struct Dialect {
    /// Its name, the contract's `tables[].dialect`.
    pub name: &'static str,
    /// A sample that this dialect claims and no other.
    pub sample: &'static str,
}

/// All dialects known.
pub fn dialects() -> &'static [Dialect] {
    &[]
}
