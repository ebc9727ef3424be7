"""Plain dicts of what a picture needs; pure functions make them."""
