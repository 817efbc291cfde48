"""The heart: concerns, what is owed, visits, waivers, action plans; deadlines.py is the one window on the guidance."""
