"""What AWS refuses because of what is there already, or of what belongs together, and moto accepts. A module per service."""
