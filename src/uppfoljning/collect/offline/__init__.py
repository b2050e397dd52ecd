"""The offline form: one file that a phone opens without a network, and that gives a report the check accepts."""
