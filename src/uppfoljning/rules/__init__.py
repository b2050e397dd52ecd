"""One catalogue of findings, and the checks that emit them, a file per subject."""
