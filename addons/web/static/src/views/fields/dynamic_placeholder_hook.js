import { useComponent, useEffect } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { laterComponent } from "@web/core/later/later";
import { RULES_BUNDLE } from "@web/core/later/rules";
import { usePopover } from "@web/core/popover/popover_hook";
import { useService } from "@web/core/utils/hooks";

const TRIGGER = "#";

const LaterPopover = laterComponent(
    RULES_BUNDLE,
    async () => (await import("@web/views/fields/dynamic_placeholder_popover")).DynamicPlaceholderPopover
);

/** Values of the record that a text is made for, inserted where `#` is typed. */
class DynamicPlaceholder {
    /** Place in the text behind the `#`. */
    place = 0;
    /** Field with the model, where it is not that of the props. */
    fieldName = "";
    closeCallback = () => {};

    /**
     * @param {Object} component
     * @param {{el: HTMLInputElement|HTMLTextAreaElement|null}} elementRef
     * @param {Object} notification service
     */
    constructor(component, elementRef, notification) {
        this.component = component;
        this.elementRef = elementRef;
        this.notification = notification;
        this.popover = usePopover(LaterPopover, {
            popoverClass: "o_popover_field_selector",
            position: "bottom-start",
            onClose: () => this.onClosed(),
        });
    }

    /** Name of the model that the field tells, as text or by a link to its description. */
    get resModel() {
        const { dynamicPlaceholderModelReferenceField, record } = this.component.props;
        const value = record.data[this.fieldName || dynamicPlaceholderModelReferenceField || "model"];
        return Array.isArray(value) ? value[1] : value;
    }

    /** @param {{validateCallback?: Function, closeCallback?: () => void}} [options] */
    async open(options = {}) {
        const { resModel } = this;
        if (!resModel) {
            const message = _t("Choose a model first: the values are those of its records.");
            this.notification.add(message, { type: "danger" });
            return;
        }
        const { el } = this.elementRef;
        this.place = el.selectionStart ?? el.value.length;
        this.closeCallback = options.closeCallback || (() => {});
        const validate = options.validateCallback || ((path, text) => this.insert(path, text));
        this.popover.open(el, { resModel, validate });
    }

    /** Put the path in the place of the `#`. */
    insert(path, defaultValue) {
        const { el } = this.elementRef;
        if (!el || !path) {
            return;
        }
        const text = `{{object.${path}${defaultValue ? ` ||| ${defaultValue}` : ""}}}`;
        const start = el.value[this.place - 1] === TRIGGER ? this.place - 1 : this.place;
        el.setRangeText(text, start, this.place, "end");
        this.place = el.selectionEnd;
        el.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }

    /** The user goes on typing where he was. */
    onClosed() {
        const { el } = this.elementRef;
        el?.focus();
        el?.setSelectionRange(this.place, this.place);
        this.closeCallback();
    }

    /** For inputs whose events come another way. */
    onKeydown(ev) {
        if (ev.target === this.elementRef.el && ev.key === TRIGGER) {
            ev.preventDefault();
            this.open();
        }
    }
}

/**
 * Let users insert values of the record that a text is made for: `#` opens a choice of fields in its input.
 *
 * @param {{el: HTMLInputElement|HTMLTextAreaElement|null}} elementRef
 * @returns {{open: (options?: {validateCallback?: Function, closeCallback?: () => void}) => Promise<void>,
 *   onKeydown: (ev: KeyboardEvent) => void, setElementRef: (ref: {el: any}) => void,
 *   updateModel: (fieldName: string) => void}}
 */
export function useDynamicPlaceholder(elementRef) {
    const placeholder = new DynamicPlaceholder(useComponent(), elementRef, useService("notification"));
    const onInput = (ev) => {
        if (ev.data === TRIGGER) {
            placeholder.open();
        }
    };
    useEffect(
        (el) => {
            el?.addEventListener("input", onInput);
            return () => el?.removeEventListener("input", onInput);
        },
        () => [placeholder.elementRef.el]
    );
    return {
        open: (options) => placeholder.open(options),
        onKeydown: (ev) => placeholder.onKeydown(ev),
        setElementRef: (ref) => {
            placeholder.elementRef = ref;
        },
        updateModel: (fieldName) => {
            placeholder.fieldName = fieldName;
        },
    };
}
