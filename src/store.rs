//! Paths to bytes and bytes to paths: the only room that touches the disk.
