"""Chasing: reminders before a report is due, and how lateness climbs after it."""
