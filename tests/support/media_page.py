"""A page in a real Chromium that takes the console's part in a connection."""

from typing import Any

from playwright.async_api import Browser, Page, Playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--autoplay-policy=no-user-gesture-required",
)

SCRIPT = """
window.connect = async () => {
  const pc = window.pc = new RTCPeerConnection();
  window.heard = [];
  window.chat = pc.createDataChannel('chat');
  window.ping = pc.createDataChannel('ping', {ordered: false, maxRetransmits: 0});
  window.chat.onmessage = e => window.heard.push(JSON.parse(e.data));
  window.ping.onmessage = e => {
    const m = JSON.parse(e.data);
    if (m.type === 'ping') window.ping.send(JSON.stringify({type: 'pong', count: m.count}));
  };
  const transceiver = pc.addTransceiver('video', {direction: 'recvonly'});
  const video = window.video = document.createElement('video');
  video.muted = true; video.autoplay = true; video.playsInline = true;
  video.style.width = '540px';
  document.body.append(video);
  video.srcObject = new MediaStream([transceiver.receiver.track]);
  window.frames_shown = 0;
  window.first_frame_at = 0;
  const shown = () => {
    if (!window.frames_shown++) window.first_frame_at = performance.timeOrigin + performance.now();
    if (window.on_frame) window.on_frame(video);
    video.requestVideoFrameCallback(shown);
  };
  video.requestVideoFrameCallback(shown);
  await pc.setLocalDescription();
  await new Promise(done => {
    if (pc.iceGatheringState === 'complete') done();
    pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && done();
  });
  return pc.localDescription.sdp;
};
window.accept = sdp => window.pc.setRemoteDescription({type: 'answer', sdp});
window.pixel = (x, y) => {
  const canvas = document.createElement('canvas');
  canvas.width = window.video.videoWidth; canvas.height = window.video.videoHeight;
  const context = canvas.getContext('2d', {willReadFrequently: true});
  context.drawImage(window.video, 0, 0);
  return Array.from(context.getImageData(x, y, 1, 1).data).slice(0, 3);
};
"""


async def launch(playwright: Playwright, *extra: str, **options: Any) -> Browser:
    """Debian's Chromium, without a word to anybody on the network."""
    return await playwright.chromium.launch(
        executable_path="/usr/bin/chromium", args=[*ARGUMENTS, *extra], **options
    )


async def open_page(browser: Browser) -> Page:
    """A page that has ``connect()``, ``accept(sdp)``, ``pixel(x, y)`` and ``frames_shown``."""
    page = await browser.new_page()
    await page.set_content("<!doctype html><title>console</title>")
    await page.add_script_tag(content=SCRIPT)
    return page
