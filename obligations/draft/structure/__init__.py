"""What stands where: lines joined to passages, numbered items, header, receivers, appendices and their tables."""
