"""Rows of grants, from award to close-out. Schema only; behaviour is in rules, queries and service."""
