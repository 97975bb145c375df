"""What the office does: plain functions over one transaction each."""
