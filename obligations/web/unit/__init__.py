"""A unit's own page: opened by the link of a letter, without an account; it shows what is owed and takes answers."""
