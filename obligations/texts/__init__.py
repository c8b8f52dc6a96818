"""What an office's messages say: model texts of the secretariat, in plain text and HTML."""
