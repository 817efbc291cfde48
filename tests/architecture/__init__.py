"""What holds for the whole house: who may open which page, which room imports which, every write through an action."""
