"""The sheet that a party fills in, as a file for a spreadsheet."""
