"""Sentences, labels and table rows become the duties of a draft."""
