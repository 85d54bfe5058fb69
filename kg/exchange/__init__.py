"""Foreign records and our own exchange format, to and from claims."""
