"""`analys`: which parts of the work went with more, in words and tables."""
