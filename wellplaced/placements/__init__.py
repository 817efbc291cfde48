"""Young people (the least that starts a clock), their placements and their professionals."""
