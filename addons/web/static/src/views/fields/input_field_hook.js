import { useComponent, useEffect, useRef } from "@odoo/owl";
import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";
import { useBus } from "@web/core/utils/hooks";

/**
 * @typedef {Object} InputFieldParams
 * @property {() => string} getValue text of the record's value
 * @property {(text: string) => any} [parse] value of a text; raises an error on a wrong one
 * @property {string} [refName] `t-ref` of the input
 * @property {{el: HTMLInputElement|null}} [ref] reference of the input, instead of its name
 * @property {string} [fieldName] the component's, unless it says otherwise
 * @property {boolean} [preventLineBreaks]
 */

const COMMIT_KEYS = ["enter", "tab", "shift+tab"];

/** A text input and the field of a record, kept alike: what is typed goes to the record when the user leaves it. */
class InputBinding {
    /** Text of the input when both were alike the last time. */
    agreed = null;
    /** Whether the user has typed since. */
    isDirty = false;
    isUpdating = false;

    /**
     * @param {Object} component
     * @param {{el: HTMLInputElement|null}} ref
     * @param {InputFieldParams} params
     */
    constructor(component, ref, params) {
        this.component = component;
        this.ref = ref;
        this.params = params;
    }

    get record() {
        return this.component.props.record;
    }

    get fieldName() {
        return this.params.fieldName || this.component.props.name;
    }

    get isInvalid() {
        return this.record.isFieldInvalid?.(this.fieldName);
    }

    listen(el) {
        const types = ["change", "input", "keydown"];
        types.forEach((type) => el.addEventListener(type, this));
        return () => types.forEach((type) => el.removeEventListener(type, this));
    }

    handleEvent(ev) {
        if (ev.type === "change") {
            this.commit();
        } else if (ev.type === "input") {
            this.onTyped(ev);
        } else {
            this.onKey(ev);
        }
    }

    onTyped({ inputType, target }) {
        if (this.params.preventLineBreaks && inputType === "insertFromPaste") {
            target.value = target.value.replace(/[\r\n]+/g, " ");
        }
        this.isDirty = target.value !== this.agreed;
        this.tellDirty();
        if (this.isInvalid) {
            this.record.resetFieldValidity(this.fieldName);
        }
    }

    onKey(ev) {
        const key = getActiveHotkey(ev);
        if (key === "enter" && this.params.preventLineBreaks) {
            ev.preventDefault();
        }
        if (COMMIT_KEYS.includes(key)) {
            this.commit();
        }
    }

    /** Tell the form, whose buttons for unsaved changes depend on it. */
    tellDirty() {
        this.record.model.bus.trigger("FIELD_IS_DIRTY", this.isDirty);
    }

    /** Bring what is typed to the record, or mark the field where the text is no value. */
    async commit() {
        const text = this.ref.el?.value ?? this.agreed;
        if (text === this.agreed) {
            return;
        }
        this.isDirty = false;
        let value;
        try {
            value = this.params.parse ? this.params.parse(text) : text;
        } catch {
            await this.record.setInvalidField(this.fieldName);
            return;
        }
        if (value === this.record.data[this.fieldName]) {
            // another way to write the same
            this.write(this.params.getValue());
        } else {
            await this.update(value, text);
        }
    }

    async update(value, text) {
        this.agreed = text;
        this.isUpdating = true;
        const { autosave } = this.component.props;
        try {
            await this.record.update({ [this.fieldName]: value }, { save: autosave });
        } finally {
            this.isUpdating = false;
        }
        this.tellDirty();
    }

    /** Show the record's value, but over nothing that is being typed. */
    show() {
        if (this.ref.el && !this.isDirty && !this.isUpdating && !this.isInvalid) {
            this.write(this.params.getValue());
        }
    }

    write(text) {
        const { el } = this.ref;
        if (el.value !== text) {
            el.value = text;
        }
        // an input may keep something else, as numbers do
        this.agreed = el.value;
    }
}

/**
 * Bind a text input to the field of a component: the value is shown, what is typed is parsed and kept.
 *
 * @param {InputFieldParams} params
 * @returns {{el: HTMLInputElement|null}} reference of the input
 */
export function useInputField(params) {
    const component = useComponent();
    const ref = params.ref || /** @type {{el: any}} */ (useRef(params.refName || "input"));
    const binding = new InputBinding(component, ref, params);
    useEffect(
        (el) => el && binding.listen(el),
        () => [ref.el]
    );
    useEffect(() => binding.show());
    const { bus } = component.props.record.model;
    useBus(bus, "WILL_SAVE_URGENTLY", () => binding.commit());
    useBus(bus, "NEED_LOCAL_CHANGES", (ev) => ev.detail.proms.push(binding.commit()));
    return ref;
}
