// The kiosk in a checkout's page: window.kiosk. What it is for is told in README.md beside this.
(() => {
  const VERSION = 1;
  const documentName = crypto.getRandomValues(new Uint32Array(4)).join("-");
  let channel = null;
  let marked = null; // what is sensitive counts also when it is said before the kiosk listens

  const opened = new Promise((resolve) => {
    new QWebChannel(qt.webChannelTransport, (made) => resolve(made.objects.till));
  });

  const commands = {
    unlock_line: (till, message) => till.unlockLine(message.line),
    resume_payment: (till) => till.resumePayment(),
    void_line: (till, message) => till.voidLine(message.line),
    restore: (till, message) => till.restore(message.snapshot),
  };

  const news = {
    language_chosen: (till, message) => till.languageChosen?.(message.language),
    covered: (till, message) => till.covered?.(message.covered),
    scanned: (till, message) => till.scanned?.(message.code),
  };

  const say = (message) => channel?.tell(documentName, JSON.stringify(message));

  const obey = async (till, message) => {
    try {
      await commands[message.type](till, message);
      say({ type: "done", id: message.id });
    } catch (error) {
      say({ type: "refused", id: message.id, reason: String(error?.message ?? error).slice(0, 200) });
    }
  };

  window.kiosk = Object.freeze({
    // Say hello, with what the till can do; resolves with { language, snapshot }.
    async connect(till) {
      const object = await opened;
      return new Promise((resolve, reject) => {
        object.said.connect((name, text) => {
          if (name !== documentName) return;
          const message = JSON.parse(text);
          if (message.type === "welcome") resolve(message);
          else if (message.type === "not_welcome") reject(new Error(message.reason));
          else if (message.type in commands) obey(till, message);
          else news[message.type]?.(till, message);
        });
        channel = object;
        say({ type: "hello", version: VERSION, program: till.program ?? document.title });
        if (marked !== null) say({ type: "sensitive", selectors: marked });
      });
    },
    // How the purchase stands: { cart, step, declines, snapshot }. Say it after each change.
    state: (state) => say({ type: "state", ...state }),
    // CSS selectors of what must never be in a picture that leaves the kiosk.
    sensitive: (selectors) => {
      marked = selectors;
      say({ type: "sensitive", selectors });
    },
    // "activity" or "scan_failed".
    happened: (what) => say({ type: "happened", what }),
  });
})();
