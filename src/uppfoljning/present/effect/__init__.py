"""`effekt`: an estimate in words, tables and a chart."""
