"""The read side on HTTP: feeds for readers and programs, pages for people; it never writes to the store."""
