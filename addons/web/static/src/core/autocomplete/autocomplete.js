import { Component, onWillUpdateProps, useEffect, useExternalListener, useRef, useState } from "@odoo/owl";
import { usePosition } from "@web/core/position/position_hook";
import { Deferred } from "@web/core/utils/concurrency";
import { useAutofocus, useForwardRefToParent } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

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
        this.nextSourceId = 0;
        this.nextOptionId = 0;
        this.sources = [];
        this.inEdition = false;
        this.state = useState({
            navigationRev: 0,
            optionsRev: 0,
            open: false,
            activeSourceOption: null,
            value: this.props.value,
        });
        this.inputRef = useForwardRefToParent("input");
        this.root = useRef("root");
        if (this.props.autofocus) {
            useAutofocus({ refName: "input" });
        }
        this.debouncedProcessInput = useDebounced(async () => {
            const promise = this.pendingPromise;
            this.pendingPromise = null;
            this.props.onInput({ inputValue: this.inputRef.el.value });
            try {
                await this.open(true);
                promise?.resolve();
            } catch (error) {
                promise?.reject(error);
            } finally {
                if (promise === this.loadingPromise) {
                    this.loadingPromise = null;
                }
            }
        }, this.props.inputDebounceDelay ?? this.constructor.timeout);
        useExternalListener(window, "mousedown", (ev) => this.onOutside(ev), true);
        onWillUpdateProps((nextProps) => {
            if (this.props.value !== nextProps.value || this.forceValFromProp) {
                this.forceValFromProp = false;
                if (!this.inEdition) {
                    this.state.value = nextProps.value;
                    this.inputRef.el.value = nextProps.value;
                }
                this.close();
            }
        });
        if (this.props.dropdown) {
            usePosition("sourcesList", () => this.inputRef.el, { position: "bottom-fit" });
        }
        useEffect(
            () => {
                const active = this.root.el?.querySelector(".ui-state-active");
                active?.scrollIntoView({ block: "nearest" });
            },
            () => [this.state.navigationRev]
        );
    }

    get isOpened() {
        return this.state.open;
    }

    get hasOptions() {
        return this.sources.some((source) => source.isLoading || source.options.length);
    }

    get activeOption() {
        if (!this.isOpened || !this.state.activeSourceOption) {
            return null;
        }
        const [sourceIndex, optionIndex] = this.state.activeSourceOption;
        return this.sources[sourceIndex].options[optionIndex];
    }

    open(useInput = false) {
        this.state.open = true;
        return this.loadSources(useInput);
    }

    close() {
        this.state.open = false;
        this.state.activeSourceOption = null;
    }

    cancel() {
        if (this.inputRef.el.value.length && this.props.autoSelect) {
            this.setInputValue(this.props.value);
            this.props.onCancel();
        }
        this.close();
    }

    async loadSources(useInput) {
        this.sources = [];
        this.state.activeSourceOption = null;
        const request = useInput ? this.inputRef.el.value.trim() : "";
        const pending = [];
        for (const propSource of this.props.sources) {
            const source = { ...propSource, id: ++this.nextSourceId, options: [], isLoading: false };
            this.sources.push(source);
            const options = typeof propSource.options === "function" ? propSource.options(request) : propSource.options;
            if (options instanceof Promise) {
                source.isLoading = true;
                pending.push(
                    options.then((list) => {
                        source.options = list.map((option) => this.makeOption(option));
                        source.isLoading = false;
                        this.state.optionsRev++;
                    })
                );
            } else {
                source.options = options.map((option) => this.makeOption(option));
            }
        }
        this.state.optionsRev++;
        await Promise.all(pending);
        this.navigate(0);
    }

    setInputValue(value) {
        this.state.value = value;
        this.inputRef.el.value = value;
    }

    makeOption(option) {
        return { ...option, id: ++this.nextOptionId, unselectable: option.unselectable || false };
    }

    isActiveSourceOption([sourceIndex, optionIndex]) {
        const active = this.state.activeSourceOption;
        return Boolean(active) && active[0] === sourceIndex && active[1] === optionIndex;
    }

    selectOption(option, params = {}) {
        if (option.unselectable) {
            this.setInputValue("");
            this.close();
            return;
        }
        this.inEdition = false;
        if (this.props.resetOnSelect) {
            this.setInputValue("");
        }
        this.forceValFromProp = true;
        this.props.onSelect(option, { ...params, input: this.inputRef.el });
        this.close();
    }

    navigate(direction) {
        const positions = this.sources.flatMap((source, i) =>
            source.options.map((option, j) => [i, j, option]).filter(([, , option]) => !option.unselectable)
        );
        this.state.navigationRev++;
        if (!positions.length) {
            this.state.activeSourceOption = null;
            return;
        }
        const active = this.state.activeSourceOption;
        const current = active ? positions.findIndex(([i, j]) => i === active[0] && j === active[1]) : -1;
        let next;
        if (direction === 0) {
            next = this.props.autoSelect || this.inputRef.el?.value ? 0 : -1;
        } else {
            next =
                current < 0
                    ? direction > 0
                        ? 0
                        : positions.length - 1
                    : (current + direction + positions.length) % positions.length;
        }
        this.state.activeSourceOption = next < 0 ? null : positions[next].slice(0, 2);
    }

    onInputBlur() {
        if (this.ignoreBlur) {
            this.ignoreBlur = false;
            return;
        }
        const { value } = this.inputRef.el;
        if (this.props.autoSelect && this.isOpened && value.length && this.activeOption && this.inEdition) {
            this.selectOption(this.activeOption);
        }
        this.props.onBlur({ inputValue: value });
        this.inEdition = false;
    }

    onInputClick() {
        if (!this.isOpened) {
            this.open(this.inputRef.el.value.trim() !== this.props.value.trim());
        } else {
            this.close();
        }
    }

    onInputChange(ev) {
        if (this.ignoreBlur) {
            ev.stopImmediatePropagation();
        }
        this.props.onChange({ inputValue: this.inputRef.el.value, isOptionSelected: this.ignoreBlur });
    }

    onInput() {
        this.inEdition = true;
        this.state.value = this.inputRef.el.value;
        this.pendingPromise = this.pendingPromise || new Deferred();
        this.loadingPromise = this.pendingPromise;
        this.debouncedProcessInput();
    }

    onInputFocus() {
        this.inputRef.el.setSelectionRange(0, this.inputRef.el.value.length);
        this.props.onFocus();
    }

    async onInputKeydown(ev) {
        const { key } = ev;
        const isSelectKey = key === "Enter" || (key === "Tab" && !ev.shiftKey);
        if (this.loadingPromise && isSelectKey) {
            if (key === "Enter") {
                ev.stopPropagation();
                ev.preventDefault();
            }
            await this.loadingPromise;
        }
        if (key === "Enter" && this.isOpened && this.activeOption) {
            ev.preventDefault();
            ev.stopPropagation();
            this.selectOption(this.activeOption);
        } else if (key === "Tab" && this.isOpened) {
            if (this.activeOption && (this.props.autoSelect ? this.inEdition : this.navigated)) {
                this.selectOption(this.activeOption);
            }
            this.close();
        } else if (key === "Escape" && this.isOpened) {
            ev.preventDefault();
            ev.stopPropagation();
            this.cancel();
        } else if (["ArrowDown", "ArrowUp"].includes(key)) {
            ev.preventDefault();
            ev.stopPropagation();
            this.navigated = true;
            if (!this.isOpened) {
                await this.open(true);
            } else {
                this.navigate(key === "ArrowDown" ? 1 : -1);
            }
        }
    }

    onOptionClick(option) {
        this.selectOption(option);
        this.inputRef.el.focus();
    }

    onOptionPointerDown(option, ev) {
        this.ignoreBlur = true;
        if (option.unselectable) {
            ev.preventDefault();
        }
    }

    onOptionMouseEnter(indices) {
        if (!this.sources[indices[0]].options[indices[1]].unselectable) {
            this.state.activeSourceOption = indices;
        }
    }

    onOutside(ev) {
        if (this.isOpened && !this.root.el?.contains(ev.target)) {
            this.ignoreBlur = false;
            this.cancel();
        }
    }
}
