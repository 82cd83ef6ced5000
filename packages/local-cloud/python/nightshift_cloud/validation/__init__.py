"""Checks each request against botocore's model of its service before moto sees it, as the front end of an AWS service does."""
