import { browser } from "@web/core/browser/browser";
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
/** Modifiers in the order of names, with what events call them; on a Mac, Control and Command stand for Alt and Control. */
const FLAGS = { alt: "altKey", control: "ctrlKey", shift: "shiftKey" };
const MAC_FLAGS = { alt: "ctrlKey", control: "metaKey", shift: "shiftKey" };
const MODIFIERS = Object.keys(FLAGS);
const HOTKEY_ELEMENTS = "[data-hotkey]:not(:disabled)";

/** Name of a key; letters and digits as a western keyboard has them, whatever the layout and Shift make of them. */
function keyName({ key, code }) {
    const name = key === " " ? "space" : key.toLowerCase();
    const [, kind, character] = /^(Digit|Key)(.)/.exec(code) || [];
    const isOther = kind === "Digit" || (kind === "Key" && !ALPHANUM.includes(name));
    return isOther ? character.toLowerCase() : name;
}

/** Name such as "control+shift+k" of the keys of an event. */
export function getActiveHotkey(ev) {
    // what browsers fill in comes without a key
    if (!ev.key || ev.isComposing) {
        return "";
    }
    const flags = isMacOS() ? MAC_FLAGS : FLAGS;
    const key = keyName(ev);
    const names = MODIFIERS.filter((modifier) => ev[flags[modifier]]);
    return (MODIFIERS.includes(key) ? names : [...names, key]).join("+");
}

function normalise(hotkey) {
    const keys = hotkey.toLowerCase().split("+");
    const key = keys.pop();
    if (![...ALPHANUM, ...NAVIGATION].includes(key)) {
        throw new Error(`The key "${key}" of the shortcut "${hotkey}" is not usable`);
    }
    return [...MODIFIERS.filter((modifier) => keys.includes(modifier)), key].join("+");
}

function isEditable(target) {
    return (
        target.isContentEditable ||
        (target.matches?.("input, textarea, select") && !["checkbox", "radio"].includes(target.type))
    );
}

/** What somebody wants to be done when keys are pressed, and where that holds. */
class Shortcut {
    /**
     * @param {string} hotkey
     * @param {Function} callback
     * @param {{allowRepeat?: boolean, area?: () => Node, bypassEditableProtection?: boolean, global?: boolean,
     *   isAvailable?: (target: EventTarget) => boolean, withOverlay?: () => HTMLElement}} options
     */
    constructor(hotkey, callback, options) {
        this.hotkey = normalise(hotkey);
        this.callback = callback;
        this.activeElement = null;
        this.options = options;
    }

    /** Keys that write nothing may be pressed while one writes. */
    get worksInInputs() {
        return this.options.bypassEditableProtection || /^escape$|alt|control/.test(this.hotkey);
    }

    /** How deep in the page the place is that it is for. */
    get depth() {
        let depth = 0;
        for (let node = this.options.area?.(); node; node = node.parentNode) {
            depth++;
        }
        return depth;
    }

    /** @param {{repeat: boolean, target: any}} ev @param {Node} activeElement what is modal now */
    answers({ repeat, target }, activeElement) {
        const { allowRepeat, area, global, isAvailable } = this.options;
        return (
            (global || this.activeElement === activeElement) &&
            (allowRepeat || !repeat) &&
            (this.worksInInputs || !isEditable(target) || target.closest?.("[data-allow-hotkeys]")) &&
            (!isAvailable || isAvailable(target)) &&
            (!area || area()?.contains(target))
        );
    }

    run({ target }) {
        this.callback({ area: this.options.area?.(), target });
    }
}

/** Letters beside the elements that shortcuts click. */
class Badges {
    shown = [];

    /** @param {Array<{el: HTMLElement, key: string}>} marks */
    show(marks) {
        this.hide();
        this.shown = marks.map(({ el, key }) => {
            const { left, top, width } = el.getBoundingClientRect();
            const badge = document.createElement("kbd");
            badge.className = "o_web_hotkey_overlay";
            badge.textContent = key.toUpperCase();
            Object.assign(badge.style, { top: `${top}px`, left: `${left + width / 2}px` });
            return badge;
        });
        document.body.append(...this.shown);
    }

    hide() {
        this.shown.forEach((badge) => badge.remove());
        this.shown = [];
    }
}

/** Gives keys that are pressed to the youngest shortcut that answers, or clicks the element that names them. */
class HotkeyDispatcher {
    shortcuts = new Set();
    badges = new Badges();

    constructor(ui) {
        this.ui = ui;
    }

    add(hotkey, callback, options = {}) {
        const shortcut = new Shortcut(hotkey, callback, options);
        this.shortcuts.add(shortcut);
        // what asks for it while it is shown becomes the active element after that
        Promise.resolve().then(() => {
            shortcut.activeElement = this.ui.activeElement;
        });
        return () => this.shortcuts.delete(shortcut);
    }

    /** What Alt shows letters beside: elements that name one, and those that shortcuts tell of. */
    get marks() {
        const { activeElement } = this.ui;
        const named = this.elements.map((el) => ({ el, key: el.dataset.hotkey }));
        const told = [...this.shortcuts]
            .filter(
                ({ activeElement: own, options }) => options.withOverlay && (options.global || own === activeElement)
            )
            .map(({ hotkey, options }) => ({ el: options.withOverlay(), key: hotkey.replace(/^alt\+/, "") }));
        return [...named, ...told.filter(({ el }) => el)];
    }

    get elements() {
        return getVisibleElements(this.ui.activeElement, HOTKEY_ELEMENTS);
    }

    onKeydown(ev) {
        const hotkey = getActiveHotkey(ev);
        if (hotkey === "alt") {
            this.badges.show(this.marks);
        } else if (hotkey) {
            this.badges.hide();
            if (this.ui.isBlocked) {
                ev.preventDefault();
            } else if (this.dispatch(hotkey, ev)) {
                ev.preventDefault();
                ev.stopImmediatePropagation();
            }
        }
    }

    /** @returns {boolean} whether something was done */
    dispatch(hotkey, ev) {
        const { activeElement } = this.ui;
        const candidates = [...this.shortcuts].filter(
            (candidate) => candidate.hotkey === hotkey && candidate.answers(ev, activeElement)
        );
        // the youngest of those that are for the smallest part of the page
        const shortcut = candidates.reduce(
            (best, other) => (best && best.depth > other.depth ? best : other),
            /** @type {Shortcut|undefined} */ (undefined)
        );
        if (shortcut) {
            shortcut.run(ev);
            return true;
        }
        const [, key] = /^alt\+(.*)$/.exec(hotkey) || [];
        const el = key && this.elements.find(({ dataset }) => dataset.hotkey.toLowerCase() === key);
        if (el) {
            el.focus();
            el.click();
        }
        return Boolean(el);
    }
}

/** Shortcuts: `hotkey.add("alt+s", callback, options)`; `[data-hotkey]` elements are clicked by alt+key. */
export const hotkeyService = {
    dependencies: ["ui"],
    overlayModifier: "alt",
    start(env, { ui }) {
        const dispatcher = new HotkeyDispatcher(ui);
        /** @param {{addEventListener: Function}} target */
        const listenTo = (target) => {
            target.addEventListener("keydown", (ev) => dispatcher.onKeydown(ev));
            for (const end of ["keyup", "blur", "click"]) {
                target.addEventListener(end, () => dispatcher.badges.hide());
            }
        };
        listenTo(browser);
        return {
            add: dispatcher.add.bind(dispatcher),
            /** Keys that are pressed in a frame count, too. @param {HTMLIFrameElement} iframe one that is loaded */
            registerIframe: (iframe) => listenTo(iframe.contentWindow),
        };
    },
};

registry.category("services").add("hotkey", hotkeyService);
