// The page behind the receipt's code: what was bought, on the shopper's own phone.
import "../styles/tokens.css";
import "./receipt.css";
import { money } from "../times";
import { t } from "../words";
import { totalOre, unpacked, type Receipt } from "./receipt";

function part(tag: string, text: string, kind = ""): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  if (kind !== "") made.className = kind;
  return made;
}

function row(what: string, ore: number, kind = ""): HTMLElement {
  const made = part("li", "", kind);
  made.append(part("span", what), part("span", money(ore), "amount"));
  return made;
}

function show(receipt: Receipt): readonly HTMLElement[] {
  const { language } = receipt;
  const say = (id: string): string => t(id, {}, language);
  const paidAt = new Date(receipt.paidAt);
  const when = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
  document.documentElement.lang = language;
  document.title = `${say("Receipt")} · ${receipt.store}`;
  const rows = part("ul", "");
  rows.append(
    ...receipt.lines.map(([quantity, name, ore]) => row(`${quantity} ${name}`, ore)),
    ...(receipt.restOre === 0 ? [] : [row(say("Other goods"), receipt.restOre)]),
    row(say("Paid by card"), totalOre(receipt), "total"),
  );
  const time = part("time", when.format(paidAt), "second");
  time.setAttribute("datetime", receipt.paidAt);
  return [
    part("h1", say("Receipt")),
    part("p", `${receipt.store} · ${receipt.till}`),
    time,
    rows,
    part("p", say("The receipt is in this link. Save the page to keep it."), "second"),
  ];
}

const receipt = await unpacked(location.hash.slice(1));
document.documentElement.dataset["theme"] = "auto";
document.querySelector("#receipt")?.append(
  ...(receipt === null
    ? [
        part("h1", t("Receipt")),
        part("p", t("This link is not whole. Scan the code at the till once more.")),
      ]
    : show(receipt)),
);
