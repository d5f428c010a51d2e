"""Chinese classical verse whose tone and rhyme are kept by construction."""
