"""What did not go as planned, and what is open."""
