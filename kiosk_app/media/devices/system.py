"""The devices of the machine this runs on."""

from kiosk_app.media.devices.camera import open_camera
from kiosk_app.media.devices.ports import Camera, DeviceNames, Microphone, Speaker
from kiosk_app.media.devices.sound import PulseMicrophone, PulseSpeaker


class SystemDevices:
    """See :class:`~kiosk_app.media.devices.ports.Devices`."""

    def __init__(self, names: DeviceNames) -> None:
        self._names = names

    def open_microphone(self) -> Microphone:
        return PulseMicrophone(self._names.microphone)

    def open_speaker(self) -> Speaker:
        return PulseSpeaker(self._names.speaker)

    def open_camera(self) -> Camera:
        return open_camera(self._names.camera)
