"""What is missing, from whom, and what falls due."""
