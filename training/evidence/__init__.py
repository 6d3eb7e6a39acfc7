"""Training done elsewhere: completion files, evidence, the register."""
