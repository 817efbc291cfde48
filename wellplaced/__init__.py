"""Wellplaced: what a local authority owes on the homes where it places children, by whom, by when and why."""
