"""A small grammar of Vietnamese deadline expressions: words become tokens, a table of rules reads their order."""
