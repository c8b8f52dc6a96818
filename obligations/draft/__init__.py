"""From a document to a draft plan: it proposes, a person confirms. Knows the domain and its document libraries only."""
