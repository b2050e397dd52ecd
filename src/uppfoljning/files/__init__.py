"""Text to documents and back: encodings, YAML trees with places, CSV rows with places, discovery."""
