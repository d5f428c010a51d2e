"""People, organisations and protected names that a text mentions, as a signal."""
