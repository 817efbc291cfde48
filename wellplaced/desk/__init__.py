"""The pages that draw on many rooms: my work, team, a provision, search, going live."""
