"""Work groups: bound by a coordinator, told of meetings and counts of their own scope only."""
