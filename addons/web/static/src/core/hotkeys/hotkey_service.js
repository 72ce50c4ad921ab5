import { isMacOS } from "@web/core/browser/feature_detection";
import { registry } from "@web/core/registry";
import { getVisibleElements } from "@web/core/utils/ui";

const ALPHANUM = "abcdefghijklmnopqrstuvwxyz0123456789".split("");
const NAVIGATION = [
    "arrowleft",
    "arrowright",
    "arrowup",
    "arrowdown",
    "pageup",
    "pagedown",
    "home",
    "end",
    "backspace",
    "enter",
    "tab",
    "delete",
    "space",
    "escape",
];
const MODIFIERS = ["alt", "control", "shift"];

/** Name such as "control+shift+k" of the keys of an event. */
export function getActiveHotkey(ev) {
    if (!ev.key || ev.isComposing) {
        return "";
    }
    const parts = [];
    if (isMacOS() ? ev.ctrlKey : ev.altKey) {
        parts.push("alt");
    }
    if (isMacOS() ? ev.metaKey : ev.ctrlKey) {
        parts.push("control");
    }
    if (ev.shiftKey) {
        parts.push("shift");
    }
    let key = ev.key.toLowerCase();
    if (key === " ") {
        key = "space";
    }
    if (ev.code?.startsWith("Digit")) {
        key = ev.code.slice(-1);
    }
    if (!ALPHANUM.includes(key) && ev.code?.startsWith("Key")) {
        key = ev.code.slice(-1).toLowerCase();
    }
    if (!MODIFIERS.includes(key)) {
        parts.push(key);
    }
    return parts.join("+");
}

function normalise(hotkey) {
    const keys = hotkey.toLowerCase().split("+");
    const key = keys.at(-1);
    if (![...ALPHANUM, ...NAVIGATION].includes(key)) {
        throw new Error(`The key "${key}" of the shortcut "${hotkey}" is not usable`);
    }
    const modifiers = MODIFIERS.filter((modifier) => keys.slice(0, -1).includes(modifier));
    return [...modifiers, key].join("+");
}

function isEditable(target) {
    return (
        target.isContentEditable ||
        (target.matches?.("input, textarea, select") && !["checkbox", "radio"].includes(target.type))
    );
}

/** Shortcuts: `hotkey.add("alt+s", callback, options)`; `[data-hotkey]` elements are clicked by alt+key. */
export const hotkeyService = {
    dependencies: ["ui"],
    overlayModifier: "alt",
    start(env, { ui }) {
        const registrations = new Map();
        let nextToken = 0;
        let badges = [];

        const add = (hotkey, callback, options = {}) => {
            const token = nextToken++;
            const registration = { hotkey: normalise(hotkey), callback, activeElement: null, ...options };
            registrations.set(token, registration);
            Promise.resolve().then(() => {
                registration.activeElement = ui.activeElement;
            });
            return () => registrations.delete(token);
        };

        const hideBadges = () => {
            badges.forEach((badge) => badge.remove());
            badges = [];
        };

        const showBadges = () => {
            hideBadges();
            for (const el of getVisibleElements(ui.activeElement, "[data-hotkey]:not(:disabled)")) {
                const box = el.getBoundingClientRect();
                const badge = document.createElement("kbd");
                badge.className = "o_web_hotkey_overlay";
                badge.textContent = el.dataset.hotkey.toUpperCase();
                Object.assign(badge.style, { top: `${box.top}px`, left: `${box.left + box.width / 2}px` });
                document.body.append(badge);
                badges.push(badge);
            }
        };

        const dispatch = (hotkey, ev) => {
            const { activeElement } = ui;
            const isFree = (registration) =>
                registration.bypassEditableProtection || hotkey === "escape" || /alt|control/.test(hotkey);
            const candidates = [...registrations.values()].filter((registration) => {
                const area = registration.area?.();
                return (
                    registration.hotkey === hotkey &&
                    (registration.global || registration.activeElement === activeElement) &&
                    (!ev.repeat || registration.allowRepeat) &&
                    (!isEditable(ev.target) || isFree(registration)) &&
                    (!registration.isAvailable || registration.isAvailable(ev.target)) &&
                    (!registration.area || area?.contains(ev.target))
                );
            });
            const winner = candidates.at(-1);
            if (winner) {
                winner.callback({ area: winner.area?.(), target: ev.target });
                return true;
            }
            return false;
        };

        const clickHotkeyElement = (hotkey) => {
            if (!hotkey.startsWith("alt+")) {
                return false;
            }
            const key = hotkey.slice(4);
            const el = getVisibleElements(ui.activeElement, "[data-hotkey]:not(:disabled)").find(
                (candidate) => candidate.dataset.hotkey.toLowerCase() === key
            );
            if (el) {
                el.focus();
                el.click();
            }
            return Boolean(el);
        };

        window.addEventListener("keydown", (ev) => {
            const hotkey = getActiveHotkey(ev);
            if (!hotkey) {
                return;
            }
            if (hotkey === "alt") {
                showBadges();
                return;
            }
            hideBadges();
            if (ui.isBlocked) {
                ev.preventDefault();
                return;
            }
            if (dispatch(hotkey, ev) || clickHotkeyElement(hotkey)) {
                ev.preventDefault();
                ev.stopImmediatePropagation();
            }
        });
        window.addEventListener("keyup", hideBadges);
        window.addEventListener("blur", hideBadges);
        window.addEventListener("click", hideBadges);
        return { add };
    },
};

registry.category("services").add("hotkey", hotkeyService);
