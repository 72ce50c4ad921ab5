import { cookie } from "@web/core/browser/cookie";
import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";

/** @returns {"dark"|"bright"} the colours of the page */
export function colorScheme() {
    const { color_scheme: chosen = "light" } = user.settings || {};
    const isDark = chosen === "system" ? browser.matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
    return isDark ? "dark" : "bright";
}

/** Apply what the user chose: colours are told to whoever asks the cookie, as charts do; density to the styles. */
export function applyLook() {
    cookie.set("color_scheme", colorScheme());
    document.body.classList.toggle("o_density_compact", user.settings?.density === "compact");
}
