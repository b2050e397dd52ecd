"""`samla`: many municipalities in one paper."""
