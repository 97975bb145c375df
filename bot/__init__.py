"""The process: settings, composition root, command line, clock, intake, handling, delivery."""
