"""The follow-up itself: the table over all commitments, and one of them in full."""
