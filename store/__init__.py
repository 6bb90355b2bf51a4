"""Everything durable: the catalogue, the event log, conversations, and their import and erasure."""
