"""The process: settings, composition root, command line, clock, intake, delivery, error handling."""
