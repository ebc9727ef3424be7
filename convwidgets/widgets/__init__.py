"""The explorers: traits, and the scene that they compose."""
