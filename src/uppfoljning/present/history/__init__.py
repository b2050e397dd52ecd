"""What has been changed in a plan since it was decided."""
