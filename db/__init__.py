"""What is remembered: tables, types, sessions, queries, migrations."""
