"""The file format as JSON Schema, for editors."""
