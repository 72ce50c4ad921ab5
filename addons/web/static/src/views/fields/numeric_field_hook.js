import { Component, useState } from "@odoo/owl";
import { useInputField } from "@web/views/fields/input_field_hook";
import { getField, getValue } from "@web/views/fields/field_value";
import { attr, flag, option } from "@web/views/fields/arch_props";
import { formatFloat } from "@web/views/fields/formatters";
import { useNumpadDecimal } from "@web/views/fields/numpad_decimal_hook";
import { parseFloat } from "@web/views/fields/parsers";

/**
 * Bind the input of a number to its field.
 *
 * @param {Component & {formattedValue: string}} component
 * @param {(text: string) => number} parse raises an error on what is no number
 * @returns {{el: HTMLInputElement|null}} reference of the input
 */
export function useNumericField(component, parse) {
    const ref = useNumpadDecimal();
    return useInputField({ ref: /** @type {any} */ (ref), getValue: () => component.formattedValue, parse });
}

/** What nodes tell about any input of a number. */
export const INPUT_PROPS = { inputType: option("type", String), placeholder: attr("placeholder") };

/** What nodes tell about plain numbers. */
export const NUMBER_PROPS = {
    ...INPUT_PROPS,
    decimals: option("decimals", Number, 0),
    formatNumber: flag("enable_formatting", true),
    humanReadable: flag("human_readable"),
    step: option("step", Number),
};

/** Input of a number. Classes say how their numbers are read and written, where it is not as decimal numbers are. */
export class NumericField extends Component {
    setup() {
        this.inputRef = useNumericField(this, (text) => this.parse(text));
    }

    /**
     * @param {string} text
     * @returns {number}
     * @throws {Error} the text is no number
     */
    parse(text) {
        return parseFloat(text);
    }

    /**
     * @param {number|false} value
     * @param {Object} [options] of the formatter
     * @returns {string}
     */
    format(value, options) {
        return formatFloat(value, { digits: this.digits, ...options });
    }

    get value() {
        return getValue(this.props);
    }

    get formattedValue() {
        return this.format(this.value);
    }

    /** Precision that the node or the model gives. */
    get digits() {
        return this.props.digits || getField(this.props).digits;
    }
}

/** Input of a number that may be shown as it is, shortened, or with separators. */
export class PlainNumberField extends NumericField {
    static defaultProps = { formatNumber: true, inputType: "text", humanReadable: false, decimals: 0 };

    setup() {
        this.state = useState({ hasFocus: false });
        super.setup();
    }

    onFocusIn() {
        this.state.hasFocus = true;
    }

    onFocusOut() {
        this.state.hasFocus = false;
    }

    get formattedValue() {
        const { decimals, formatNumber, humanReadable, inputType, readonly } = this.props;
        const isNativeInput = inputType === "number" && !readonly;
        if (!formatNumber || isNativeInput) {
            return this.value === false ? "" : String(this.value ?? "");
        }
        // who types needs the whole number
        return this.format(this.value, humanReadable && !this.state.hasFocus ? { humanReadable, decimals } : {});
    }
}
