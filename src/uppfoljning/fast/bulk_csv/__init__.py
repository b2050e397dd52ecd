"""Files with many rows, read in columns; what can be said of a row alone is left to the reader of rows."""
