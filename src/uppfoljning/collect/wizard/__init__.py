"""The wizard: which question of a quick report comes next, how an answer is read, and what the answers amount to."""
