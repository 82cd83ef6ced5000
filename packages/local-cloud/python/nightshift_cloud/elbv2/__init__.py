"""Elastic Load Balancing: load balancers that carry requests."""
