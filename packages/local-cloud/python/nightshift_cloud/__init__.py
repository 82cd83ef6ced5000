"""A local AWS emulator: a moto server, and extensions for the features that this platform uses and moto lacks."""
