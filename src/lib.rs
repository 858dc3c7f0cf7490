//! 对表 (duibiao): audits the figures of Chinese government disclosure reports.
//!
//! A report is read as published: the statistics table becomes [`align::Triple`]s, the prose becomes
//! [`align::LinkedClaim`]s, and [`check`] compares them. The document that comes out is [`audit::Audit`].
//!
//! Data flows one way, room by room. The table below is the architecture; `tests/architecture.rs` reads it and holds
//! every `use crate::…` against it.
//!
//! | room | may use |
//! | --- | --- |
//! | text | |
//! | quantity | text |
//! | grammar | text, quantity |
//! | layout | text |
//! | table | text, layout, quantity |
//! | prose | text, layout, quantity |
//! | align | text, quantity, grammar, layout, table, prose |
//! | check | text, quantity, grammar, layout, align |
//! | audit | text, quantity, grammar, layout, table, prose, align, check |
//! | render | text, audit |
//! | store | text, audit, check |
//! | corpus | text, audit, store |

pub mod align;
pub mod audit;
pub mod check;
pub mod corpus;
pub mod grammar;
pub mod layout;
pub mod prose;
pub mod quantity;
pub mod render;
pub mod store;
pub mod table;
pub mod text;
