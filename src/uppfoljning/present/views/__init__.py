"""What each command shows: a file a command, which makes it as text, as data and as a document."""
