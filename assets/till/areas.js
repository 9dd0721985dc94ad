// Keeps where a page's sensitive parts are, for as long as somebody asks. Runs beside the page, in
// a world of its own that the page's scripts cannot reach; kiosk_app/ui/till/web/areas.py asks.
(() => {
  // What must never be shown, whatever the page says: secrets, cards, and frames, which are often
  // another company's card fields and cannot be looked into.
  const ALWAYS = 'input[type="password"], [autocomplete^="cc-"], [data-sensitive], iframe';
  const KEPT_MS = 1200; // longer than a picture is under way from the page to the screen
  // What moves by itself goes on while nobody looks, there and back: after a longer pause between
  // two looks nobody can say where it was.
  const BLIND_MS = 120;
  const ASKED_MS = 60_000; // when nobody has asked for so long the looking stops

  const names = new WeakMap();
  let nextName = 1;
  let selectors = [];
  let looks = [];
  let since = null;
  let askedAt = 0;
  let frames = 0;

  const nameOf = (element) => {
    if (!names.has(element)) names.set(element, nextName++);
    return names.get(element);
  };

  // The element with all that sticks out of it.
  const boxOf = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    const box = { left, top, right, bottom };
    for (const inner of element.querySelectorAll("*")) {
      const part = inner.getBoundingClientRect();
      if (part.width === 0 && part.height === 0) continue;
      box.left = Math.min(box.left, part.left);
      box.top = Math.min(box.top, part.top);
      box.right = Math.max(box.right, part.right);
      box.bottom = Math.max(box.bottom, part.bottom);
    }
    return box;
  };

  const look = () => {
    const found = [];
    const view = window.visualViewport;
    for (const selector of [ALWAYS, ...selectors]) {
      for (const element of document.querySelectorAll(selector)) {
        const { left, top, right, bottom } = boxOf(element);
        if (right <= left || bottom <= top) continue;
        const x = (at) => (at - view.offsetLeft) * view.scale;
        const y = (at) => (at - view.offsetTop) * view.scale;
        found.push([nameOf(element), x(left), y(top), x(right), y(bottom)]);
      }
    }
    return found;
  };

  // Looks are taken in the page's own frames and nowhere else: between them what moves by itself
  // stands still for whoever asks, but not on the screen.
  const onFrame = () => {
    const now = performance.now();
    if (now - askedAt > ASKED_MS) {
      since = null;
      return;
    }
    frames += 1;
    try {
      looks.push([now, look()]);
    } catch {
      begin(now); // a selector that is none: nobody knows what it means
    }
    // One look older than the time that is kept: where it was when that time began.
    while (looks.length > 2 && looks[1][0] < now - KEPT_MS) looks.shift();
    while (looks.length > 150) looks.shift();
    requestAnimationFrame(onFrame);
  };

  const begin = (now) => {
    since = now;
    looks = [];
  };

  const wasBlind = () =>
    looks.some(([at], number) => number > 0 && at - looks[number - 1][0] > BLIND_MS);

  globalThis.kioskAreas = {
    // Look on from now; gives the number that `take` wants.
    ask(marked) {
      const now = performance.now();
      askedAt = now;
      if (since === null) requestAnimationFrame(onFrame);
      if (since === null || marked.join() !== selectors.join()) begin(now);
      selectors = marked;
      return frames;
    },
    // The places, once two frames have begun after `ask`: what was on the screen then is no newer.
    take(asked) {
      if (frames < asked + 2) return "";
      const known = wasBlind() ? 0 : performance.now() - since;
      return JSON.stringify({ known, looks });
    },
  };
})();
