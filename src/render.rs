//! `&Audit` to bytes; one file a format.
