import { Component, onMounted, onPatched, onWillStart, onWillUnmount, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { readEmojis } from "@web/core/emoji_picker/emoji_data";
import { usePopover } from "@web/core/popover/popover_hook";
import { useAutofocus } from "@web/core/utils/hooks";
import { fuzzyLookup } from "@web/core/utils/search";

export const EMOJI_PER_ROW = 9;
export const EMOJI_PICKER_PROPS = ["close?", "onClose?", "onSelect", "state?", "storeScroll?"];
const FREQUENT_KEY = "web.emoji.frequent";
/** Rows of those that are chosen most often. */
const FREQUENT_ROWS = 3;

/** Where the emojis come from, once. */
export const loader = {
    /** @type {Promise<{categories: Object[], emojis: Object[]}>|undefined} */
    loaded: undefined,
    listeners: [],
    loadEmoji() {
        loader.loaded ??= readEmojis().then((data) => {
            loader.listeners.splice(0).forEach((callback) => callback(data));
            return data;
        });
        // who tries again may have better luck
        loader.loaded.catch(() => {
            loader.loaded = undefined;
        });
        return loader.loaded;
    },
    onEmojiLoaded(callback) {
        loader.listeners.push(callback);
    },
};

/** @returns {Promise<{categories: Object[], emojis: Object[]}>} */
export function loadEmoji() {
    return loader.loadEmoji();
}

function readFrequent() {
    try {
        return JSON.parse(browser.localStorage.getItem(FREQUENT_KEY) || "{}");
    } catch {
        // whatever else was written there: nothing is frequent
        return {};
    }
}

/** Choice of an emoji by looking or by its name. */
export class EmojiPicker extends Component {
    static template = "web.EmojiPicker";
    static props = EMOJI_PICKER_PROPS;

    setup() {
        this.grid = useRef("grid");
        useAutofocus({ refName: "input" });
        this.state = useState({ query: "", active: 0, category: null });
        this.frequent = readFrequent();
        /** @type {Object[]} */
        this.categories = [];
        /** @type {Object[]} */
        this.emojis = [];
        onWillStart(async () => Object.assign(this, await loadEmoji()));
        onMounted(() => {
            this.grid.el.scrollTop = this.props.storeScroll?.get() || 0;
        });
        onPatched(() => this.showActive());
        onWillUnmount(() => {
            this.props.storeScroll?.set(this.grid.el.scrollTop);
            this.props.onClose?.();
        });
    }

    get frequentEmojis() {
        const counts = Object.entries(this.frequent).sort((one, other) => other[1] - one[1]);
        const emojis = counts.map(([codepoints]) => this.emojis.find((emoji) => emoji.codepoints === codepoints));
        return emojis.filter(Boolean).slice(0, FREQUENT_ROWS * EMOJI_PER_ROW);
    }

    /** @returns {{key: string, label: string, emojis: Object[], start: number}[]} what is shown, with running places */
    get sections() {
        const { query } = this.state;
        const sections = query
            ? [{ key: "found", label: "", emojis: this.found }]
            : [
                  { key: "frequent", label: "", emojis: this.frequentEmojis },
                  ...this.categories.map(({ name, displayName }) => ({
                      key: name,
                      label: displayName,
                      emojis: this.emojis.filter(({ category }) => category === name),
                  })),
              ];
        let start = 0;
        return sections
            .filter(({ emojis }) => emojis.length)
            .map((section) => {
                const placed = { ...section, start };
                start += section.emojis.length;
                return placed;
            });
    }

    get found() {
        const text = this.state.query.toLowerCase();
        const exact = this.emojis.filter(({ emoticons }) => emoticons.some((sign) => sign.toLowerCase() === text));
        const named = this.emojis.filter(({ name, keywords }) =>
            [name, ...keywords].some((word) => word.toLowerCase().startsWith(text))
        );
        const alike = fuzzyLookup(text, this.emojis, ({ name }) => name);
        return [...new Set([...exact, ...named, ...alike])].slice(0, 20 * EMOJI_PER_ROW);
    }

    get count() {
        const last = this.sections.at(-1);
        return last ? last.start + last.emojis.length : 0;
    }

    get activeEmoji() {
        const { active } = this.state;
        const section = this.sections.find(({ start, emojis }) => active >= start && active < start + emojis.length);
        return section?.emojis[active - section.start];
    }

    showActive() {
        const active = this.grid.el.querySelector(".o-Emoji.o-active");
        active?.scrollIntoView({ block: "nearest" });
    }

    showCategory(name) {
        const section = this.sections.find(({ key }) => key === name);
        this.state.active = section?.start ?? 0;
        this.grid.el.querySelector(`[data-category="${name}"]`)?.scrollIntoView({ block: "start" });
    }

    onInput(ev) {
        Object.assign(this.state, { query: ev.target.value.trim(), active: 0 });
    }

    onKeydown(ev) {
        const back = document.documentElement.dir === "rtl" ? 1 : -1;
        const isTyping = Boolean(this.state.query);
        const steps = {
            ArrowDown: EMOJI_PER_ROW,
            ArrowUp: -EMOJI_PER_ROW,
            ...(!isTyping && { ArrowLeft: back, ArrowRight: -back }),
        };
        if (ev.key in steps) {
            ev.preventDefault();
            this.state.active = Math.min(this.count - 1, Math.max(0, this.state.active + steps[ev.key]));
        } else if (ev.key === "Enter" && this.activeEmoji) {
            ev.preventDefault();
            this.select(this.activeEmoji, ev);
        }
    }

    /** Hand an emoji over; with Shift the picker stays for another. */
    select({ codepoints }, ev) {
        this.frequent = { ...this.frequent, [codepoints]: (this.frequent[codepoints] || 0) + 1 };
        browser.localStorage.setItem(FREQUENT_KEY, JSON.stringify(this.frequent));
        this.props.onSelect(codepoints);
        if (!ev.shiftKey) {
            this.props.close?.();
        }
    }
}

/**
 * A picker that opens beside an element.
 *
 * @param {{el: HTMLElement|null}|null} ref a click on it opens and closes the picker
 * @param {Object} props of the picker
 * @param {Object} [options] of the popover
 */
export function useEmojiPicker(ref, props, options = {}) {
    let scrollTop = 0;
    const storeScroll = { get: () => scrollTop, set: (value) => (scrollTop = value) };
    const state = useState({ isOpen: false });
    const popover = usePopover(EmojiPicker, {
        popoverClass: "o-EmojiPicker-popover",
        position: "bottom-start",
        ...options,
        onClose: () => {
            state.isOpen = false;
            options.onClose?.();
        },
    });
    const open = (target = ref.el, openProps = {}) => {
        state.isOpen = true;
        popover.open(target, { ...props, storeScroll, ...openProps });
    };
    const toggle = (target, openProps) => (popover.isOpen ? popover.close() : open(target, openProps));
    const onClick = (ev) => toggle(ev.currentTarget);
    onMounted(() => ref?.el?.addEventListener("click", onClick));
    onWillUnmount(() => ref?.el?.removeEventListener("click", onClick));
    return Object.assign(state, { close: popover.close, open, toggle });
}
