"""Which parts of the work went with more, and whether the outcome changed. The only place that knows statistics."""
