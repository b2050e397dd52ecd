"""What an analyst has in a notebook: the project and its follow-up as tables of pandas. `uppfoljning` itself is the door."""
