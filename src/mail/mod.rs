//! Notice → message → wire.

/// Where mail goes.
pub enum Transport {
    /// Nobody said: it waits in the outbox.
    Unset,
}

impl Transport {
    #[must_use]
    pub const fn is_set(&self) -> bool {
        !matches!(self, Self::Unset)
    }
}
