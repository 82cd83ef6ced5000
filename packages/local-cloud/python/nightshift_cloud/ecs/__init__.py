"""Amazon ECS: services, task sets, and tasks that are processes of this machine."""
