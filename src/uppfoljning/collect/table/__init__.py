"""Tables that others have filled in: their headings, cells and rows, read leniently and turned into quick reports."""
