"""The call inside the media process: devices on one side, tracks of a connection on the other."""
