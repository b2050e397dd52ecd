"""The next plan: an old one carried over to a later period, and what it leaves open."""
