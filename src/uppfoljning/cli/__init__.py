"""Signatures and wiring only: parse, call one function, print, exit status."""
