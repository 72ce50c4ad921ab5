import { markRaw, reactive } from "@odoo/owl";
import { DateTimePickerPopover } from "@web/core/datetime/datetime_picker_popover";
import { areDatesEqual, formatDate, formatDateTime, parseDate, parseDateTime } from "@web/core/l10n/dates";
import { makePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { ensureArray } from "@web/core/utils/arrays";

const isSame = (a, b) => areDatesEqual(a ?? false, b ?? false);

/** A calendar that belongs to one or two inputs, and what is in these. */
class InputPicker {
    constructor(popover, params, getInputs) {
        this.params = params;
        this.getInputs = getInputs;
        this.state = reactive({ ...params.pickerProps, focusedDateIndex: 0 });
        this.applied = this.state.value;
        this.popover = makePopover(popover.add, DateTimePickerPopover, {
            arrow: false,
            setActiveElement: false,
            ...params.popoverOptions,
            env: params.env,
            position: "bottom-start",
            popoverClass: "o_datetime_popover",
            onClose: () => this.apply(),
        });
    }

    get format() {
        const isDate = this.state.type === "date";
        const options = { format: this.params.format, showSeconds: this.params.showSeconds ?? false };
        return isDate
            ? { write: (value) => formatDate(value, options), read: (text) => parseDate(text, options) }
            : { write: (value) => formatDateTime(value, options), read: (text) => parseDateTime(text, options) };
    }

    /** Show the values in the inputs. */
    update() {
        const values = ensureArray(this.state.value ?? false);
        this.getInputs().forEach((input, index) => {
            if (input && input !== document.activeElement) {
                input.value = values[index] ? this.format.write(values[index]) : "";
            }
        });
    }

    open(index = 0) {
        this.state.focusedDateIndex = index;
        const target = this.params.target?.el || this.params.target || this.getInputs()[index];
        if (target instanceof Element && !this.popover.isOpen) {
            const service = this;
            // read anew whenever the state changes
            const pickerProps = new Proxy(this.state, {
                get: (state, key) => (key === "onSelect" ? (value) => service.select(value) : state[key]),
                has: () => true,
                ownKeys: (state) => [...new Set([...Reflect.ownKeys(state), "onSelect"])],
                getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
            });
            this.popover.open(target, { pickerProps: markRaw(pickerProps) });
        }
    }

    select(value) {
        this.state.value = value;
        this.params.onChange?.(value);
        this.update();
        if (this.state.type === "date" && !this.state.range) {
            this.popover.close();
        } else {
            const index = this.state.focusedDateIndex;
            this.popover.close();
            this.open(index);
        }
    }

    apply() {
        if (!isSame(this.applied, this.state.value)) {
            this.applied = this.state.value;
            this.params.onApply?.(this.state.value);
        }
    }

    readInput(input, index) {
        let date;
        try {
            date = this.format.read(input.value);
        } catch {
            // what is no date is what it was
            date = ensureArray(this.state.value ?? false)[index];
        }
        const values = ensureArray(this.state.value ?? false);
        values[index] = date;
        const value = this.state.range ? values : date;
        if (!isSame(value, this.state.value)) {
            this.state.value = value;
            this.params.onChange?.(value);
        }
        input.value = date ? this.format.write(date) : "";
        if (!this.popover.isOpen) {
            this.apply();
        }
    }

    /** Listen to the inputs. @returns {() => void} ends it */
    enable() {
        const ends = this.getInputs().map((input, index) => {
            if (!input) {
                return () => {};
            }
            const listeners = {
                click: () => this.open(index),
                focus: () => (this.state.focusedDateIndex = index),
                change: () => this.readInput(input, index),
                keydown: (ev) => ["Enter", "Escape", "Tab"].includes(ev.key) && this.popover.close(),
            };
            Object.entries(listeners).forEach(([type, listener]) => input.addEventListener(type, listener));
            return () =>
                Object.entries(listeners).forEach(([type, listener]) => input.removeEventListener(type, listener));
        });
        this.update();
        return () => {
            ends.forEach((end) => end());
            this.popover.close();
        };
    }
}

/**
 * Calendars for inputs: `datetime_picker.create({ target, pickerProps, format, onChange, onApply })` returns `{ state,
 * isOpen, open, close, enable, update }`; `enable()` listens to the inputs and returns what ends that.
 */
export const datetimePickerService = {
    dependencies: ["popover"],
    start(env, { popover }) {
        return {
            create(params, getInputs = () => [params.target?.el || params.target, null]) {
                const picker = new InputPicker(popover, params, getInputs);
                return {
                    state: picker.state,
                    get isOpen() {
                        return picker.popover.isOpen;
                    },
                    open: (index) => picker.open(index),
                    close: () => picker.popover.close(),
                    enable: () => picker.enable(),
                    update: () => picker.update(),
                };
            },
        };
    },
};

registry.category("services").add("datetime_picker", datetimePickerService);
