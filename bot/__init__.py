"""The process: settings, composition root, command line, clock, intake, handling, delivery."""

import os

# python-telegram-bot then gives every duration as a timedelta; its integers are deprecated.
os.environ["PTB_TIMEDELTA"] = "1"
