/** Choice of emojis. */
import { userEvent } from "vitest/browser";
import { beforeEach, expect, test, vi } from "vitest";
import { browser } from "@web/core/browser/browser";
import { emojiLanguage } from "@web/core/emoji_picker/emoji_data";
import { EmojiPicker, loader } from "@web/core/emoji_picker/emoji_picker";
import compact from "emojibase-data/nl/compact.json";
import messages from "emojibase-data/nl/messages.json";
import { afterThis, makeTestEnv, mount } from "./mount";

beforeEach(() => {
    const { fetch } = browser;
    browser.fetch = vi.fn(async (address) => ({
        ok: true,
        json: async () => (address.includes("compact") ? compact : messages),
    }));
    loader.loaded = undefined;
    localStorage.removeItem("web.emoji.frequent");
    afterThis(() => {
        browser.fetch = fetch;
    });
});

const signs = (place) => [...place.querySelectorAll(".o-Emoji")].map((el) => el.textContent);

test("names are in the language of the user where they are", () => {
    expect(emojiLanguage("fr_BE")).toBe("fr");
    expect(emojiLanguage("es_MX")).toBe("es-mx");
    expect(emojiLanguage("ar_001")).toBe("en");
    expect(emojiLanguage()).toBe("en");
});

test("by name, by emoticon and by keys", async () => {
    const onSelect = vi.fn();
    const close = vi.fn();
    const place = await mount(EmojiPicker, { env: await makeTestEnv(), props: { close, onSelect } });
    expect(signs(place).length).toBeGreaterThan(1500);
    const input = place.querySelector("input");
    await userEvent.fill(input, ":)");
    await vi.waitFor(() => expect(signs(place)[0]).toBe("🙂"));
    await userEvent.fill(input, "olifant");
    await vi.waitFor(() => expect(signs(place)[0]).toBe("🐘"));
    await userEvent.keyboard("{Enter}");
    expect(onSelect).toHaveBeenLastCalledWith("🐘");
    expect(close).toHaveBeenCalledTimes(1);
    await userEvent.clear(input);
    // what was chosen comes first
    await vi.waitFor(() => expect(signs(place)[0]).toBe("🐘"));
    await userEvent.keyboard("{ArrowRight}{ArrowRight}");
    await vi.waitFor(() => expect(place.querySelector(".o-active").textContent).toBe(signs(place)[2]));
    await userEvent.fill(input, "zzzzzz");
    await vi.waitFor(() => expect(place.querySelector(".o-EmojiPicker-content").textContent).toContain("No emoji"));
});
