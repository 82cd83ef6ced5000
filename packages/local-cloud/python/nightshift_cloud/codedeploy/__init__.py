"""AWS CodeDeploy: blue/green deployments of ECS services."""
