"""Amazon CloudWatch: metrics of the load balancers, and alarms on them."""
