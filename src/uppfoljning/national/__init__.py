"""The national picture: exact partial sums of a repository, and many of them put together."""
