import { describe, expect, it } from "vitest";
import { exchange, tokenIn } from "../src/phone/door";
import { firstLanguage } from "../src/phone/first_language";

const TOKEN = "Zt3pQvW0c1Hn8sKjUe2yXbRaMdLoGfTi";

function office(status: number): typeof fetch {
  return () => Promise.resolve({ status } as Response);
}

describe("the way in", () => {
  it("reads the code behind the #, and no other thing", () => {
    expect(tokenIn(`#${TOKEN}`)).toBe(TOKEN);
    for (const wrong of ["", "#", "#short", `#${TOKEN}/..`, `#${TOKEN}"`]) {
      expect(tokenIn(wrong)).toBe("");
    }
  });

  it.each([
    [204, "in"], [410, "invalid"], [403, "invalid"], [429, "slow"], [503, "away"],
  ] as const)("takes %i for %s", async (status, entry) => {
    expect(await exchange(TOKEN, office(status))).toBe(entry);
  });

  it("knows that the code is still good when nobody answers", async () => {
    expect(await exchange(TOKEN, () => Promise.reject(new TypeError("offline")))).toBe("away");
  });

  it("sends the code in the body, never in the address", async () => {
    const seen: string[] = [];
    await exchange(TOKEN, (address, request) => {
      seen.push(String(address), String(request?.body));
      return Promise.resolve({ status: 204 } as Response);
    });
    expect(seen[0]).toBe("/phone/exchange");
    expect(seen[1]).toBe(JSON.stringify({ token: TOKEN }));
  });
});

describe("its language before the case is known", () => {
  it.each([
    [["sv-SE", "en"], "sv"], [["en-GB"], "en"], [["fi", "sv"], "sv"], [["xx"], "en"], [[], "en"],
  ] as const)("of %j is %s", (languages, chosen) => {
    expect(firstLanguage(languages, ["en", "sv"])).toBe(chosen);
  });
});
