"""What the figures in README and docs come from: run by `make bench`."""
