"""The controller: events into the machine, effects out through ports. No Qt."""
