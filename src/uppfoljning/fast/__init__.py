"""What makes answers quicker and changes none of them: whatever is in here can be left out."""
