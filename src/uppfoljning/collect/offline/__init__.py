"""The offline form: one HTML file for each commitment, which needs neither server nor network and gives a report as a file."""
