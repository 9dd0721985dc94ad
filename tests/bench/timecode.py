"""The moment a picture was drawn, written into the picture, and read back from decoded pixels.

32 black or white squares in the top left corner: 24 bits of wall-clock milliseconds, most
significant first, then the exclusive or of those three bytes, so that a spoiled code is known.
"""

BITS = 32
CELL = 32  # px: four macroblocks, readable after any coding


def code_of(seconds: float) -> list[bool]:
    """The squares for the wall-clock time ``seconds``; True is black."""
    stamp = int(seconds * 1000) & 0xFFFFFF
    check = (stamp >> 16) ^ ((stamp >> 8) & 0xFF) ^ (stamp & 0xFF)
    word = stamp << 8 | check
    return [bool(word >> (BITS - 1 - bit) & 1) for bit in range(BITS)]


WRITER = f"""
window.code_of = ms => {{
  const stamp = Math.floor(ms) % 0x1000000;
  const check = (stamp >> 16) ^ ((stamp >> 8) & 255) ^ (stamp & 255);
  const bits = [];
  for (let i = 23; i >= 0; i--) bits.push((stamp >> i) & 1);
  for (let i = 7; i >= 0; i--) bits.push((check >> i) & 1);
  return bits;
}};
window.draw_code = context => {{
  context.fillStyle = 'white';
  context.fillRect(0, 0, {BITS + 1} * {CELL}, {CELL});
  context.fillStyle = 'black';
  window.code_of(performance.timeOrigin + performance.now()).forEach(
    (bit, i) => bit && context.fillRect(i * {CELL}, 0, {CELL}, {CELL}));
}};
"""

READER = f"""
window.ages = [];
const strip = document.createElement('canvas');
strip.width = {BITS * CELL}; strip.height = 1;
const strip_context = strip.getContext('2d', {{willReadFrequently: true}});
let last_stamp = -1;
window.on_frame = video => {{
  const now = (performance.timeOrigin + performance.now()) % 0x1000000;
  strip_context.drawImage(
    video, 0, {CELL // 2}, {BITS * CELL}, 1, 0, 0, {BITS * CELL}, 1);
  const pixels = strip_context.getImageData(0, 0, {BITS * CELL}, 1).data;
  let stamp = 0, check = 0;
  for (let i = 0; i < {BITS}; i++) {{
    const one = pixels[(i * {CELL} + {CELL // 2}) * 4 + 1] < 128 ? 1 : 0;
    if (i < 24) stamp = stamp * 2 + one; else check = check * 2 + one;
  }}
  if (check !== ((stamp >> 16) ^ ((stamp >> 8) & 255) ^ (stamp & 255))) {{
    window.spoiled = (window.spoiled || 0) + 1;
    return;
  }}
  if (stamp !== last_stamp) window.ages.push(now - stamp);
  last_stamp = stamp;
}};
"""
