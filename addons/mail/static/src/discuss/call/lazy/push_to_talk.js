import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

const MODIFIERS = ["shiftKey", "ctrlKey", "altKey"];
const MODIFIER_KEYS = ["Shift", "Control", "Alt", "Meta"];

/** A key as it is kept: modifiers and key, between dots. @param {KeyboardEvent} ev @returns {string} "true...m" is Shift+M */
export function keptKey(ev) {
    const key = ev.key.length === 1 ? ev.key.toLowerCase() : ev.key;
    return [...MODIFIERS.map((name) => (ev[name] && !MODIFIER_KEYS.includes(ev.key) ? "true" : "")), key].join(".");
}

/** The key without its modifiers; a dot is a key, too. @param {string} kept @returns {string} */
function keyOf(kept) {
    return (kept || "").split(".").slice(MODIFIERS.length).join(".");
}

/** What people call a key. @param {string} kept @returns {string} "Shift + M" */
export function shownKey(kept) {
    const [shift, ctrl, alt] = (kept || "").split(".");
    const name = keyOf(kept);
    const parts = [shift && "Shift", ctrl && "Ctrl", alt && "Alt", name === " " ? "Space" : name];
    return parts.filter(Boolean).join(" + ").toUpperCase();
}

/** Whether a key writes something where it is pressed. */
function isWriting({ altKey, ctrlKey, key, target }) {
    const isText = target instanceof Element && target.matches("input, textarea, select, [contenteditable=true]");
    return isText && key.length === 1 && !ctrlKey && !altKey;
}

/**
 * Follow whether the key is held that opens the microphone, and for how long after that it stays open.
 *
 * @param {Object} settings of the user: `push_to_talk_key`, `use_push_to_talk`, `voice_active_duration`
 * @param {(isHeld: boolean) => void} tell called when that changes
 * @returns {() => void} ends it
 */
export function watchTalkKey(settings, tell) {
    let isHeld = false;
    let timer;
    const change = (value) => {
        browser.clearTimeout(timer);
        if (value !== isHeld) {
            isHeld = value;
            tell(value);
        }
    };
    const release = () => {
        browser.clearTimeout(timer);
        timer = browser.setTimeout(() => change(false), settings.voice_active_duration || 0);
    };
    const listeners = {
        // whoever is in another window lets go unheard
        blur: ({ target }) => target === window && release(),
        keydown: (ev) => {
            if (settings.use_push_to_talk && keptKey(ev) === settings.push_to_talk_key && !isWriting(ev)) {
                change(true);
            }
        },
        keyup: (ev) => {
            // its modifiers may be gone before it
            if (isHeld && keyOf(keptKey(ev)) === keyOf(settings.push_to_talk_key)) {
                release();
            }
        },
    };
    Object.entries(listeners).forEach(([type, listener]) => browser.addEventListener(type, listener, true));
    return () => {
        browser.clearTimeout(timer);
        Object.entries(listeners).forEach(([type, listener]) => browser.removeEventListener(type, listener, true));
    };
}

registry.category("discuss.call").add("keptKey", keptKey).add("shownKey", shownKey).add("watchTalkKey", watchTalkKey);
