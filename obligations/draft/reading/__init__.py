"""Files become documents: text with its lines and tables; what cannot be read is refused with one line."""
