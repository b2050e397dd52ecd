"""Did the outcome change, and was it the measure? From a series and the plan's goal to an estimate with its reservations."""
