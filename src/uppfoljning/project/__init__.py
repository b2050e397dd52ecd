"""From the files to the checked project: the one road that is required."""
