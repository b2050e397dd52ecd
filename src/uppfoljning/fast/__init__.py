"""What makes answers quicker and changes none of them."""
