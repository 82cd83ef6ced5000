"""The local cloud's own API: access control, fault injection and shutdown."""
