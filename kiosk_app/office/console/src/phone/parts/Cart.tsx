import { money } from "../../times";
import type { Known } from "../known";
import { mono } from "../work";
import { t } from "../words";

/** Clock time of an ISO 8601 time of the office's, on this phone's clock: `14:02`. */
function clock(until: string, offset: number): string {
  const at = new Date(Date.parse(until) - offset);
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** What became of the goods at the kiosk. */
export function Cart({ known }: { known: Known }) {
  void mono.value; // looked at again each second: the time runs out
  const { cartNow, cartOre, clockOffset } = known;
  switch (cartNow?.left) {
    case "held": {
      const until = cartNow.until ?? "";
      if (Date.parse(until) <= Date.now() + clockOffset) {
        return (
          <section class="cart">
            <p>{t("Your cart is no longer saved. Please scan your goods again.")}</p>
          </section>
        );
      }
      return (
        <section class="cart" data-testid="phone-cart">
          <p>
            {cartOre === 0
              ? t("Your cart waits at the kiosk until {time}.", { time: clock(until, clockOffset) })
              : t("Your cart ({total}) waits at the kiosk until {time}.", {
                total: money(cartOre), time: clock(until, clockOffset),
              })}
          </p>
          <p class="code">
            <span>{t("Your code")}</span> <strong data-testid="phone-cart-code">{cartNow.code}</strong>
          </p>
        </section>
      );
    }
    case "in_till":
      return (
        <section class="cart"><p>{t("Your goods are still at the kiosk. Finish paying there.")}</p></section>
      );
    case "lost":
      return (
        <section class="cart"><p>{t("Your cart could not be saved. Please scan your goods again.")}</p></section>
      );
    default:
      return null;
  }
}
