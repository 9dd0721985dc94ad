"""Microphone, speaker and camera of a kiosk, each behind a port."""
