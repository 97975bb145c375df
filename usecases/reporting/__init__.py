"""The month's report from the first question to the verdict."""
