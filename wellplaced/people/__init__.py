"""Authorities, staff, their roles and rights, sign-in, approvals (C11), leave and cover."""
