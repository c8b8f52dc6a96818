"""Years of an office on a fake clock, through the real use cases: what would leave, and whether promises are kept."""
