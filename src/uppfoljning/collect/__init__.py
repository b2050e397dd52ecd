"""What is handed in: quick reports asked for, filled in offline or brought in from elsewhere, checked before they are written."""
