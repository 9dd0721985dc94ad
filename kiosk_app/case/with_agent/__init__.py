"""What is done while an agent is there: calls, letters, pointing, orders at the till."""
