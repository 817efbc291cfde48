"""Pages of this room that need more than an object and a form."""
