"""Every feed, page and item as static files: the bytes that the server would give."""
