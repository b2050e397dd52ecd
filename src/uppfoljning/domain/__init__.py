"""What the words mean: plans, commitments, targets, forms, reports. Pure values; no file, no terminal, no clock."""
