// A checkout small enough to read, and whole enough to be the kiosk's till. What concerns the kiosk
// is at the end, under "The kiosk".

const GOODS = [
  { code: "7310865004703", name: "Mellanmjölk 1,5 l", ore: 1990 },
  { code: "2000000010144", name: "Kanelbulle", ore: 1900 },
  { code: "2000000010496", name: "Bryggkaffe 450 g", ore: 6490 },
  { code: "2000000012940", name: "Folköl 3,5 %", ore: 1890, age: true },
];
const MOST = 99;

const WORDS = {
  sv: {
    cart: "Din varukorg", empty: "Skanna din första vara", pay: "Betala med kort", remove: "Ta bort",
    age: "Varan har en åldersgräns. Tryck på Hjälp, så kommer någon.", back: "Tillbaka",
    go: "Till terminalen", code: "Slå din kod", ok: "Godkänn", no: "Neka", hang: "Häng",
    declined: "Kortet nekades. Försök igen.", again: "Försök igen", paid: "Tack! Köpet är betalt.",
    unknown: "Den koden känner vi inte igen.", busy: "Du betalar just nu.",
  },
  en: {
    cart: "Your cart", empty: "Scan your first item", pay: "Pay by card", remove: "Remove",
    age: "The item has an age limit. Press Help and somebody comes.", back: "Back",
    go: "To the terminal", code: "Enter your code", ok: "Approve", no: "Decline", hang: "Hang",
    declined: "The card was declined. Try again.", again: "Try again", paid: "Thank you! It is paid.",
    unknown: "We do not know that code.", busy: "You are paying now.",
  },
};

let language = "sv";
let lines = []; // { line, code, quantity, unlocked }
let nextLine = 1;
let step = "idle";
let declines = 0;
let digits = 0;
let hanging = false;

const articleOf = (code) => GOODS.find((article) => article.code === code);
const locked = (each) => Boolean(articleOf(each.code).age) && !each.unlocked;
const shopping = () => step === "idle" || step === "cart";
const resting = () => (lines.length ? "cart" : "idle");
const refuse = (reason) => { throw new Error(reason); };

const changed = (to = step) => {
  step = to;
  draw();
  tellKiosk();
};

const add = (article) => {
  if (!shopping()) return say("busy");
  const there = lines.find((each) => each.code === article.code);
  if (there) there.quantity = Math.min(MOST, there.quantity + 1);
  else lines.push({ line: `row-${nextLine++}`, code: article.code, quantity: 1, unlocked: false });
  say("");
  changed("cart");
};

const scan = (code) => {
  const article = articleOf(code);
  if (article) return add(article);
  say("unknown");
  window.kiosk?.happened("scan_failed");
};

const find = (name) => lines.find((each) => each.line === name) ?? refuse("The line is not there.");

const answer = (how) => {
  if (digits < 4) return;
  digits = 0;
  if (how === "hang") {
    hanging = true;
    return draw();
  }
  if (how === "no") declines += 1;
  changed(how === "ok" ? "paid" : "declined");
};

// --- what is drawn -----------------------------------------------------------------------------

const $ = (id) => document.getElementById(id);
const money = (ore) => `${(ore / 100).toFixed(2).replace(".", language === "sv" ? "," : ".")} kr`;
const say = (key) => { $("message").textContent = key ? WORDS[language][key] : ""; };

const button = (text, act, { first = false, off = false, id = "" } = {}) => {
  const made = document.createElement("button");
  made.textContent = text;
  made.className = first ? "first" : "";
  made.disabled = off;
  made.id = id;
  made.addEventListener("click", act);
  return made;
};

const total = () => lines.reduce((sum, each) => sum + articleOf(each.code).ore * each.quantity, 0);

function draw() {
  const words = WORDS[language];
  document.documentElement.lang = language;
  $("goods").hidden = !shopping();
  $("goods").replaceChildren(
    ...GOODS.map((article) => button(`${article.name}\n${money(article.ore)}`, () => add(article))),
  );
  $("heading").textContent = { paid: words.paid, declined: words.declined }[step]
    ?? (lines.length ? words.cart : words.empty);
  $("lines").replaceChildren(...lines.map(row));
  $("total").textContent = lines.length ? money(total()) : "";
  $("age").hidden = !lines.some(locked);
  $("age").textContent = words.age;
  $("terminal").hidden = step !== "card_entry";
  $("code-heading").textContent = words.code;
  $("dots").textContent = "●".repeat(digits) + "○".repeat(4 - digits);
  $("keys").replaceChildren(
    ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((digit) =>
      button(digit, () => { digits = Math.min(4, digits + 1); draw(); }, { off: hanging })),
    ...["ok", "no", "hang"].map((how) => button(words[how], () => answer(how), { off: digits < 4 })),
  );
  $("ways").replaceChildren(...ways(words));
}

function row(each) {
  const article = articleOf(each.code);
  const made = document.createElement("li");
  for (const text of [`${each.quantity}×`, article.name, money(article.ore * each.quantity)]) {
    const cell = document.createElement("span");
    cell.textContent = text;
    made.append(cell);
  }
  if (shopping()) {
    made.append(button(WORDS[language].remove, () => {
      if (each.quantity > 1) each.quantity -= 1;
      else lines = lines.filter((other) => other !== each);
      changed(resting());
    }));
  }
  return made;
}

function ways(words) {
  const back = button(words.back, () => { digits = 0; hanging = false; changed(resting()); });
  switch (step) {
    case "cart": {
      const off = lines.some(locked);
      return [button(words.pay, () => changed("payment"), { first: true, off, id: "pay" })];
    }
    case "payment":
      return [back, button(words.go, () => changed("card_entry"), { first: true, id: "go" })];
    case "card_entry":
      return [back];
    case "declined":
      return [back, button(words.again, () => changed("payment"), { first: true })];
    default:
      return [];
  }
}

// A scanner is a keyboard: digits, then Enter.
let typed = "";
addEventListener("keydown", (event) => {
  if (/^[0-9]$/.test(event.key)) typed += event.key;
  else if (event.key === "Enter" && typed) {
    event.preventDefault();
    scan(typed);
    typed = "";
  } else typed = "";
});

draw();

// --- The kiosk ---------------------------------------------------------------------------------

const snapshot = () =>
  JSON.stringify({ version: 1, lines: lines.map(({ code, quantity }) => [code, quantity]) });

function tellKiosk() {
  window.kiosk?.state({
    cart: {
      lines: lines.map((each) => {
        const article = articleOf(each.code);
        return {
          line: each.line,
          name: article.name,
          quantity: each.quantity,
          amount_ore: article.ore * each.quantity,
          age_restricted: Boolean(article.age),
          unlocked: each.unlocked,
        };
      }),
    },
    step,
    declines,
    snapshot: lines.length ? snapshot() : "",
  });
}

// Adds what was saved to what is there, or changes nothing at all.
function putBack(text) {
  let saved = null;
  try {
    saved = JSON.parse(text);
  } catch {
    refuse("The saved cart cannot be read.");
  }
  if (saved?.version !== 1 || !Array.isArray(saved.lines)) refuse("The saved cart is another's.");
  for (const [code, quantity] of saved.lines) {
    if (!articleOf(code) || !(quantity > 0 && quantity <= MOST)) refuse("The goods are not sold.");
  }
  for (const [code, quantity] of saved.lines) {
    const there = lines.find((each) => each.code === code);
    if (there) there.quantity = Math.min(MOST, there.quantity + quantity);
    else lines.push({ line: `row-${nextLine++}`, code, quantity, unlocked: false });
  }
  digits = 0;
  hanging = false;
  changed(resting());
}

window.kiosk?.connect({
  program: "sample checkout 1.0",
  // What an agent may have done. To refuse, throw: the agent reads the reason.
  unlockLine(name) {
    const each = find(name);
    if (!locked(each)) refuse("The line needs no age check.");
    each.unlocked = true;
    changed();
  },
  resumePayment() {
    if (step !== "declined" && !(step === "card_entry" && hanging)) refuse("No payment waits.");
    digits = 0;
    hanging = false;
    changed("payment");
  },
  voidLine(name) {
    const each = find(name);
    if (!["idle", "cart", "payment", "declined"].includes(step)) refuse("It is being paid.");
    lines = lines.filter((other) => other !== each);
    changed(lines.length && step !== "cart" ? step : resting());
  },
  restore: putBack,
  // What the kiosk tells.
  languageChosen(code) {
    language = code in WORDS ? code : "en";
    draw();
  },
  scanned: scan,
}).then((welcome) => {
  // The terminal's place is kept out of every picture; it carries data-sensitive as well.
  window.kiosk.sensitive(["#terminal"]);
  language = welcome.language in WORDS ? welcome.language : "en";
  if (welcome.snapshot) putBack(welcome.snapshot);
  else changed();
});
