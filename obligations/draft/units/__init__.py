"""Who owes, who helps, who receives: names of offices in sentences, and their match in units.yaml."""
