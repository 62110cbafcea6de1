"""Stored items to feeds: one neutral `FeedDocument`, and one pure writer per format."""
