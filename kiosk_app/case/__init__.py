"""The rules of a case, without I/O: events and the time go in, effects and a view come out."""
