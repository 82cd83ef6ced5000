"""Requests that AWS refuses because of existing resources or of related values, and moto accepts. One module per service."""
