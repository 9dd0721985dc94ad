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
window.connect = async (call = false) => {
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
  if (call) {
    window.voice = pc.addTransceiver('audio', {direction: 'sendrecv'});
    window.sight = pc.addTransceiver('video', {direction: 'sendrecv'});
  }
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
// The agent hums, in hertz; 0 is silence.
window.hum = async hertz => {
  const context = window.sound ??= new AudioContext();
  window.tone?.stop();
  if (!hertz) return window.voice.sender.replaceTrack(null);
  window.tone = new OscillatorNode(context, {frequency: hertz});
  const out = new MediaStreamAudioDestinationNode(context);
  window.tone.connect(new GainNode(context, {gain: 0.4})).connect(out);
  window.tone.start();
  await window.voice.sender.replaceTrack(out.stream.getAudioTracks()[0]);
};
// The hertz of the strongest tone that the agent hears now; 0 in silence.
window.listen = () => {
  const context = window.sound ??= new AudioContext();
  if (!window.ear) {
    const stream = new MediaStream([window.voice.receiver.track]);
    // Chromium decodes what some element plays, and nothing else.
    window.player = new Audio(); window.player.srcObject = stream; window.player.play();
    window.ear = new AnalyserNode(context, {fftSize: 8192, smoothingTimeConstant: 0});
    new MediaStreamAudioSourceNode(context, {mediaStream: stream}).connect(window.ear);
  }
  const power = new Float32Array(window.ear.frequencyBinCount);
  window.ear.getFloatFrequencyData(power);
  const loudest = power.indexOf(Math.max(...power));
  return power[loudest] < -60 ? 0 : loudest * context.sampleRate / window.ear.fftSize;
};
// The agent's camera sees one colour.
window.look = async colour => {
  if (!colour) return window.sight.sender.replaceTrack(null);
  const canvas = document.createElement('canvas');
  canvas.width = 640; canvas.height = 480;
  const context = canvas.getContext('2d');
  window.paint = setInterval(() => {
    context.fillStyle = colour; context.fillRect(0, 0, 640, 480);
    context.fillStyle = '#fff'; context.fillRect(performance.now() / 20 % 600, 0, 10, 10);
  }, 40);
  await window.sight.sender.replaceTrack(canvas.captureStream(25).getVideoTracks()[0]);
};
window.watch = () => {
  if (!window.seen) {
    const video = window.seen = document.createElement('video');
    video.muted = true; video.autoplay = true; video.playsInline = true;
    document.body.append(video);
    video.srcObject = new MediaStream([window.sight.receiver.track]);
    window.seen_frames = 0;
    const shown = () => { window.seen_frames++; video.requestVideoFrameCallback(shown); };
    video.requestVideoFrameCallback(shown);
  }
  if (!window.seen.videoWidth) return null;
  const canvas = document.createElement('canvas');
  canvas.width = window.seen.videoWidth; canvas.height = window.seen.videoHeight;
  const context = canvas.getContext('2d', {willReadFrequently: true});
  context.drawImage(window.seen, 0, 0);
  const at = x => Array.from(context.getImageData(x, 300, 1, 1).data).slice(0, 3);
  return [at(80), at(240), at(400), at(560)];
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
