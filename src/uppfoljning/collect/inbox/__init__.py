"""What people send back: files of the offline form, pasted mail and letters, read in spite of what phones do to them."""
