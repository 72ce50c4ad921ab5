import { Component, onWillUpdateProps, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { usePosition } from "@web/core/position/position_hook";
import { uniqueId } from "@web/core/utils/functions";
import { useAutofocus, useForwardRefToParent } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

/** The key did its work here. */
function consume(ev) {
    ev.preventDefault();
    ev.stopPropagation();
}

function arrow(direction) {
    return (autoComplete, ev) => {
        consume(ev);
        autoComplete.navigated = true;
        if (autoComplete.isOpened) {
            autoComplete.navigate(direction);
        } else {
            autoComplete.open(true);
        }
    };
}

/** What keys do in the input. @type {Object<string, (autoComplete: AutoComplete, ev: KeyboardEvent) => void>} */
const KEY_HANDLERS = {
    ArrowDown: arrow(1),
    ArrowUp: arrow(-1),
    Enter(autoComplete, ev) {
        if (autoComplete.activeOption) {
            consume(ev);
            autoComplete.chooseActive();
        }
    },
    Escape(autoComplete, ev) {
        if (autoComplete.isOpened) {
            consume(ev);
            autoComplete.cancel();
        }
    },
    Tab(autoComplete) {
        // the focus goes on; an option is taken along if the user showed that he means it
        if (autoComplete.props.autoSelect ? autoComplete.inEdition : autoComplete.navigated) {
            autoComplete.chooseActive({ triggeredOnBlur: !autoComplete.navigated });
        }
        if (autoComplete.isOpened) {
            autoComplete.close();
        }
    },
};

/** Input with suggestions from one or several sources. */
export class AutoComplete extends Component {
    static template = "web.AutoComplete";
    static timeout = 250;
    static props = {
        value: { type: String, optional: true },
        id: { type: String, optional: true },
        sources: { type: Array },
        onSelect: { type: Function, optional: true },
        onCancel: { type: Function, optional: true },
        onInput: { type: Function, optional: true },
        onChange: { type: Function, optional: true },
        onBlur: { type: Function, optional: true },
        onFocus: { type: Function, optional: true },
        placeholder: { type: String, optional: true },
        title: { type: String, optional: true },
        autocomplete: { type: String, optional: true },
        autoSelect: { type: Boolean, optional: true },
        resetOnSelect: { type: Boolean, optional: true },
        input: { type: Function, optional: true },
        inputDebounceDelay: { type: Number, optional: true },
        dropdown: { type: Boolean, optional: true },
        autofocus: { type: Boolean, optional: true },
        class: { type: String, optional: true },
        slots: { type: Object, optional: true },
    };
    static defaultProps = {
        value: "",
        placeholder: "",
        title: "",
        autoSelect: false,
        dropdown: true,
        onInput() {},
        onCancel() {},
        onChange() {},
        onBlur() {},
        onFocus() {},
        onSelect() {},
    };

    setup() {
        this.sources = [];
        this.listId = uniqueId("o_autocomplete_list_");
        this.state = useState({
            open: false,
            value: this.props.value,
            activeSourceOption: null,
            optionsRev: 0,
            navigationRev: 0,
        });
        /** Whether the text is typed and not chosen yet. */
        this.inEdition = false;
        /** Whether the arrows were used: the active option is meant. */
        this.navigated = false;
        /** Search for the options of what is typed, until it ends. @type {Promise|null} */
        this.search = null;
        this.root = useRef("root");
        /** @type {{el: HTMLInputElement|null}} */
        this.inputRef = /** @type {any} */ (useForwardRefToParent("input"));
        if (this.props.autofocus) {
            useAutofocus({ refName: "input" });
        }
        if (this.props.dropdown) {
            usePosition("sourcesList", () => this.inputRef.el, { position: "bottom-fit" });
        }
        const { timeout } = /** @type {typeof AutoComplete} */ (this.constructor);
        const delay = this.props.inputDebounceDelay ?? timeout;
        this.debouncedProcessInput = useDebounced(this.processInput, delay);
        useExternalListener(window, "mousedown", this.onOutside, { capture: true });
        onWillUpdateProps(this.followValue);
        useEffect(
            () => {
                this.root.el.querySelector(".ui-state-active")?.scrollIntoView({ block: "nearest" });
            },
            () => [this.state.navigationRev]
        );
    }

    /** Show a value that comes from outside; after a choice even the one that was there before. */
    followValue({ value }) {
        if (value === this.props.value && !this.forceValFromProp) {
            return;
        }
        this.forceValFromProp = false;
        this.close();
        if (!this.inEdition) {
            this.setInputValue(value);
        }
    }

    // ------------------------------------------------------------------ list of options

    get isOpened() {
        return this.state.open;
    }

    get hasOptions() {
        return this.sources.some(({ isLoading, options }) => isLoading || options.length > 0);
    }

    get activeOption() {
        const active = this.isOpened && this.state.activeSourceOption;
        return active ? this.optionAt(active) : null;
    }

    optionAt([sourceIndex, optionIndex]) {
        return this.sources[sourceIndex].options[optionIndex];
    }

    open(useInput = false) {
        this.state.open = true;
        return this.loadSources(useInput);
    }

    close() {
        Object.assign(this.state, { open: false, activeSourceOption: null });
    }

    cancel() {
        if (this.props.autoSelect && this.inputRef.el.value) {
            this.setInputValue(this.props.value);
            this.props.onCancel();
        }
        this.close();
    }

    /** Ask all sources, for what is typed or for everything. @returns {Promise} resolved when the slowest answered */
    async loadSources(useInput) {
        const request = useInput ? this.inputRef.el.value.trim() : "";
        const sources = this.props.sources.map((source) => ({ ...source, id: uniqueId(), options: [] }));
        this.sources = sources;
        this.state.activeSourceOption = null;
        await Promise.all(sources.map((source, index) => this.fillSource(source, this.props.sources[index], request)));
        this.navigate(0);
    }

    /** @returns {Promise<void>|void} nothing when the options are there at once */
    fillSource(source, { options }, request) {
        const found = typeof options === "function" ? options(request) : options;
        const show = (list) => {
            source.isLoading = false;
            source.options = list.map((option) => this.makeOption(option));
            this.state.optionsRev++;
        };
        source.isLoading = found instanceof Promise;
        this.state.optionsRev++;
        return source.isLoading ? found.then(show) : show(found);
    }

    makeOption(option) {
        return { ...option, id: uniqueId(), unselectable: Boolean(option.unselectable) };
    }

    isActiveSourceOption(position) {
        return String(position) === String(this.state.activeSourceOption);
    }

    /** Make the next (1) or previous (-1) option the active one, or the first if there is reason to choose one (0). */
    navigate(direction) {
        const positions = this.sources
            .flatMap(({ options }, source) => options.map((_, index) => [source, index]))
            .filter((position) => !this.optionAt(position).unselectable);
        const current = positions.findIndex((position) => this.isActiveSourceOption(position));
        let next;
        if (direction) {
            // before the first one comes the last one, also when none is active
            next = current < 0 && direction < 0 ? -1 : (current + direction) % positions.length;
        } else {
            next = this.props.autoSelect || this.inputRef.el?.value ? 0 : NaN;
        }
        this.state.activeSourceOption = (Number.isNaN(next) ? null : positions.at(next)) || null;
        this.state.navigationRev++;
    }

    // ------------------------------------------------------------------ text

    setInputValue(value) {
        this.state.value = value;
        this.inputRef.el.value = value;
    }

    selectOption(option, params = {}) {
        const { onSelect, resetOnSelect } = this.props;
        if (option.unselectable || resetOnSelect) {
            this.setInputValue("");
        }
        if (!option.unselectable) {
            this.inEdition = false;
            this.forceValFromProp = true;
            onSelect(option, { ...params, input: this.inputRef.el });
        }
        this.close();
    }

    async processInput() {
        this.props.onInput({ inputValue: this.inputRef.el.value });
        await this.open(true);
    }

    // ------------------------------------------------------------------ events of the input

    onInput() {
        this.inEdition = true;
        this.state.value = this.inputRef.el.value;
        const search = this.debouncedProcessInput().finally(() => {
            if (this.search === search) {
                this.search = null;
            }
        });
        this.search = search;
    }

    onInputFocus() {
        this.inputRef.el.select();
        this.props.onFocus();
    }

    onInputClick() {
        if (this.isOpened) {
            return this.close();
        }
        const [typed, chosen] = [this.inputRef.el.value, this.props.value].map((text) => text.trim());
        // who clicks on what is chosen looks for something else
        return this.open(typed !== chosen);
    }

    onInputBlur() {
        if (this.ignoreBlur) {
            this.ignoreBlur = false;
            return;
        }
        const inputValue = this.inputRef.el.value;
        if (inputValue && this.inEdition && this.props.autoSelect && this.activeOption) {
            this.selectOption(this.activeOption, { triggeredOnBlur: true });
        }
        this.inEdition = false;
        this.props.onBlur({ inputValue });
    }

    onInputChange(ev) {
        // the pointer is on an option: the change is followed by a choice
        const isOptionSelected = Boolean(this.ignoreBlur);
        if (isOptionSelected) {
            ev.stopImmediatePropagation();
        }
        this.props.onChange({ isOptionSelected, inputValue: this.inputRef.el.value });
    }

    async onInputKeydown(ev) {
        const { key, shiftKey } = ev;
        const handler = KEY_HANDLERS[key];
        const isChoice = key === "Enter" || (key === "Tab" && !shiftKey);
        if (isChoice && this.search) {
            if (key === "Enter") {
                consume(ev);
            }
            await this.search;
        }
        handler?.(this, ev);
    }

    chooseActive(params) {
        if (this.activeOption) {
            this.selectOption(this.activeOption, params);
        }
    }

    // ------------------------------------------------------------------ events of the list

    onOptionClick(option) {
        this.selectOption(option);
        this.inputRef.el.focus();
    }

    onOptionPointerDown({ unselectable }, ev) {
        this.ignoreBlur = true;
        if (unselectable) {
            ev.preventDefault();
        }
    }

    onOptionMouseEnter(position) {
        if (!this.optionAt(position).unselectable) {
            this.state.activeSourceOption = position;
        }
    }

    onOutside({ target }) {
        if (!this.isOpened || this.root.el?.contains(target)) {
            return;
        }
        this.ignoreBlur = false;
        if (this.inEdition && this.activeOption?.keepsText) {
            // what was typed is not dropped silently
            this.selectOption(this.activeOption, { triggeredOnBlur: true });
        } else {
            this.cancel();
        }
    }
}
