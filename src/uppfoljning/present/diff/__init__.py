"""What differs between two moments, and from what."""
