"""The renderers: one file for each way to draw what `present.document` holds. None of them knows what the figures mean."""
