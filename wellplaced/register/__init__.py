"""Providers, provisions, premises, registrations and judgements, shared by all authorities; and Ofsted's files."""
