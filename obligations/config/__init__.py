"""From the office's YAML files to a checked Configuration, or to problems with file, line and column."""
