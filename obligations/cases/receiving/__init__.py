"""The register of incoming documents: read, held against what is owed, recorded line by line once a person agrees."""
