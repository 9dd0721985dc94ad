"""The one WebSocket to the office: hello, numbering, resuming, trying again."""
