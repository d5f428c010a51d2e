"""One module a kind of file, each a function from bytes and limits to a `Document`."""
