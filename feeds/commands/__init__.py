"""The commands of the command line, one file a room; `feeds.cli` puts them together."""
