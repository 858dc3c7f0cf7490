//! Which whole numbers give a printed percentage.
