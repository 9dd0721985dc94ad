"""The wire: the messages that kiosk, office and console speak, and nothing else.

``from_kiosk`` and ``to_kiosk`` are the two directions of a kiosk's link, ``from_console`` and
``to_console`` those of an agent's browser, ``frames`` what wraps them, ``peer`` what goes over
the WebRTC data channels. Kiosk and office both import this room and never each other.
"""
