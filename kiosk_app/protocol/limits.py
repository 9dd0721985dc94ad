"""How much of anything the wire takes, each with its reason."""

SUBPROTOCOL = "hjalp.v1"
VERSION = 1

FRAME_BYTES = 64 * 1024  # a whole case fits; a peer that sends more is broken or hostile
SDP_CHARS = 32 * 1024  # Chromium's longest offer seen here is 12 KiB, with the call's sections
CHAT_CHARS = 2_000  # a screenful at the kiosk's type size, several times over
NAME_CHARS = 120
SHORT_CHARS = 200
T140_CHARS = 8 * 1024  # of one T140block: a whole draft erased and written anew, twice over
CART_LINES = 200
TAG_CHARS = 60
TOPICS = 12  # of one level of the menu; more than a screenful is no menu
TOPIC_LEVELS = 4
ARTICLES = 10_000
BLOCK_CHARS = 600  # a paragraph that is longer is not read standing
BUNDLE_BYTES = 16 * 1024 * 1024  # some 10,000 articles in two languages
READ_ARTICLES = 20  # the newest of a visit that the agent is told of
ASKED_QUESTIONS = 10
PAUSE_MINUTES = 60  # an agent may let help at a kiosk rest; the next shopper did nothing
SHARE_SECONDS = 300.0  # promised on the consent screen: "i 5 min"; held in both processes
CHAT_LOG_MESSAGES = 100  # what a snapshot carries; with FRAME_BYTES it bounds the text as well
IN_FLIGHT = 256  # unacknowledged numbered messages one side keeps before it says the link is lost

PING_SECONDS = 5.0  # the link's own sign of life, both ways
LINK_GONE_SECONDS = 12.0  # no frame for this long: the connection is given up and made anew
PEER_PING_SECONDS = 1.0  # on the data channel; aiortc itself takes 34 s to notice a lost peer
PEER_GONE_SECONDS = 4.0
