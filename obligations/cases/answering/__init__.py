"""What units answer and the secretariat decides: each one event, judged and recorded at one desk."""
