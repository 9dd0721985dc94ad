"""A console's offer, as Chromium makes it, in parts."""

HEAD = """v=0
o=- 4611731400430051336 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1
a=msid-semantic: WMS
"""
ICE = """c=IN IP4 0.0.0.0
a=ice-ufrag:abcd
a=ice-pwd:abcdefghijklmnopqrstuvwx
a=fingerprint:sha-256 {fingerprint}
a=setup:actpass
""".format(fingerprint=":".join(["AB"] * 32))
HOST = "a=candidate:1 1 udp 2113937151 192.0.2.7 50000 typ host\n"
HIDDEN = (
    "a=candidate:2 1 udp 2113937151 84b3c87f-87d9-4311-a66f-a8821fa7cc5f.local 50001 typ host\n"
)
VIDEO = f"""m=video 9 UDP/TLS/RTP/SAVPF 96
{ICE}a=mid:0
a=recvonly
a=rtcp-mux
a=rtpmap:96 VP8/90000
"""
DATA = f"""m=application 9 UDP/DTLS/SCTP webrtc-datachannel
{ICE}a=mid:1
a=sctp-port:5000
a=max-message-size:262144
"""


def lines(text: str) -> str:
    return text.replace("\n", "\r\n")
