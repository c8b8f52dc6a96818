"""Pages: the register of incoming documents."""
