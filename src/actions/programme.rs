//! Programme.
