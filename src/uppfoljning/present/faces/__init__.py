"""The faces: one file for each way to draw what `present.paper` holds. None of them knows what the figures mean."""
