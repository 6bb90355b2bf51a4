"""The command line: `driftline`."""
