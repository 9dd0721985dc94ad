// The shopper's phone: a case that began at a kiosk goes on here, with the same person.
import { effect } from "@preact/signals";
import { render } from "preact";
import "../styles/tokens.css";
import "../styles/ground.css";
import { App } from "./parts/App";
import "./phone.css";
import { language, t } from "./words";
import { start } from "./work";

effect(() => {
  document.documentElement.lang = language.value;
  document.title = t("Help");
});
document.documentElement.dataset["theme"] = "auto";
// Another code read in a page that is open already changes nothing but what is behind the #.
addEventListener("hashchange", () => location.reload());

const root = document.getElementById("app");
if (root !== null) render(<App />, root);
void start();
