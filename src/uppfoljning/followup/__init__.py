"""Duties, outcome, fulfilment, pace, status, explanation. Plain functions over the model."""
