"""Soạn từ văn bản: a document's draft reviewed beside its text, then saved as a plan's file."""
