"""Amazon ECS: services, task sets, and tasks, which run as processes of this machine."""
