"""What the local cloud answers that AWS does not: who may call, faults on request, its own end."""
