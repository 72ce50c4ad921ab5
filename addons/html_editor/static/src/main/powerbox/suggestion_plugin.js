import { reactive } from "@odoo/owl";
import { Plugin as ProseListener } from "prosemirror-state";
import { Plugin } from "@html_editor/plugin";
import { SuggestionMenu } from "@html_editor/main/powerbox/suggestion_menu";

const LONGEST_QUERY = 40;
const STEPS = { ArrowDown: 1, ArrowUp: -1 };

/**
 * Menus that open where a sign is typed. `suggestion_triggers` is a list of
 * `{sign, getItems(query) => items or a promise of them, minimum, isAvailable}`, and an item is
 * `{title, description, icon, image, category, run}`: what was typed is gone when it runs.
 */
export class SuggestionPlugin extends Plugin {
    static id = "suggestion";
    static dependencies = ["prose"];
    static shared = ["closeSuggestions", "openSuggestions"];

    resources = {
        prose_plugins: [
            new ProseListener({
                props: {
                    handleKeyDown: (_view, ev) => this.onKeydown(ev),
                    handleTextInput: (_view, from, _to, text) => void this.onText(from, text),
                },
            }),
        ],
        external_step_added_handlers: ({ step }) => {
            if (this.open) {
                this.open.from = step.mapping.map(this.open.from);
            }
        },
        prose_selection_handlers: () => this.follow(),
    };

    setup() {
        this.state = reactive({ items: [], active: 0 });
        this.open = null;
        this.remove = null;
        this.addDomListener(this.editable, "blur", () => this.closeSuggestions());
        this.cleanups.push(() => this.closeSuggestions());
    }

    /** A sign opens its menu at the start of a word. */
    onText(from, text) {
        const trigger = this.getResource("suggestion_triggers").find(({ sign }) => sign === text);
        if (!trigger || !(trigger.isAvailable?.() ?? true)) {
            return;
        }
        const { $from } = this.dependencies.prose.getState().selection;
        const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 1), $from.parentOffset, null, " ");
        if (!before.trim() && !$from.parent.type.spec.code) {
            this.open = { trigger, from, sign: text };
        }
    }

    /** Open the menu of a sign where the cursor is. @param {string} sign */
    openSuggestions(sign) {
        const { prose } = this.dependencies;
        prose.getView().focus();
        const { tr, selection } = prose.getState();
        const { $from } = selection;
        const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 1), $from.parentOffset, null, " ");
        const text = before.trim() ? ` ${sign}` : sign;
        const trigger = this.getResource("suggestion_triggers").find((each) => each.sign === sign);
        this.open = { trigger, from: selection.from + text.length - 1, sign };
        prose.dispatch(tr.insertText(text));
    }

    /** What is typed behind the sign is looked for. */
    async follow() {
        const { open } = this;
        if (!open) {
            return;
        }
        const query = this.query(open);
        if (query === null) {
            this.closeSuggestions();
            return;
        }
        if (query.length < (open.trigger.minimum || 0)) {
            return;
        }
        const answer = open.trigger.getItems(query);
        const items = answer instanceof Promise ? await answer : answer;
        if (this.open !== open || this.isDestroyed || this.query(open) !== query) {
            return;
        }
        this.state.items = items;
        this.state.active = 0;
        if (!items.length) {
            this.hide();
        } else if (!this.remove) {
            this.show();
        }
        this.tell();
    }

    /** @returns {string|null} what stands behind the sign, null when the cursor left it */
    query({ from, sign }) {
        const { selection, doc } = this.dependencies.prose.getState();
        const { $from, empty } = selection;
        const start = $from.start();
        if (!empty || from < start || $from.pos <= from || $from.pos - from > LONGEST_QUERY) {
            return null;
        }
        const text = doc.textBetween(from, $from.pos, "\n", "\n");
        return text.startsWith(sign) && !/\n|\s\s/.test(text) ? text.slice(sign.length) : null;
    }

    show() {
        const props = {
            state: this.state,
            choose: (item) => this.choose(item),
            getPlace: () => this.dependencies.prose.getView().coordsAtPos(this.open?.from || 0),
            close: () => this.closeSuggestions(),
        };
        this.remove = this.services.overlay.add(SuggestionMenu, props);
    }

    hide() {
        this.remove?.();
        this.remove = null;
    }

    closeSuggestions() {
        this.hide();
        this.open = null;
        this.tell();
    }

    /** Readers of the screen are told which one is meant. */
    tell() {
        if (this.remove) {
            this.editable.setAttribute("aria-controls", "o_we_suggestions");
            this.editable.setAttribute("aria-activedescendant", `o_we_suggestion_${this.state.active}`);
        } else {
            this.editable.removeAttribute("aria-controls");
            this.editable.removeAttribute("aria-activedescendant");
        }
    }

    onKeydown(ev) {
        if (!this.remove || ev.isComposing) {
            return false;
        }
        const { items } = this.state;
        if (ev.key in STEPS) {
            this.state.active = (this.state.active + STEPS[ev.key] + items.length) % items.length;
            this.tell();
        } else if (["Enter", "Tab"].includes(ev.key)) {
            this.choose(items[this.state.active]);
        } else if (ev.key === "Escape") {
            this.closeSuggestions();
        } else {
            return false;
        }
        ev.stopPropagation();
        return true;
    }

    choose(item) {
        const { prose } = this.dependencies;
        const { from } = this.open;
        this.closeSuggestions();
        const { tr, selection } = prose.getState();
        prose.dispatch(tr.delete(from, selection.from));
        item.run();
    }
}
