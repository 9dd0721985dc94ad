"""The two doors of the office: kiosks at one, agents' browsers at the other."""
