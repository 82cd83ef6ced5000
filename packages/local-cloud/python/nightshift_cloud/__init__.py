"""An AWS on this machine: a moto server, and what it lacks for this platform."""
