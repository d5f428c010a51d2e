"""``text/recommend``: products for a profile, with copy that says why."""
