"""What the checks found, and what a rule means."""
