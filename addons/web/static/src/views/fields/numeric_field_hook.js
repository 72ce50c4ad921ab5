import { useRef } from "@odoo/owl";
import { useInputField } from "@web/views/fields/input_field_hook";

/** Input of a number: decimal key, select-all on focus. @returns reference of the input */
export function useNumericField(component, parse, refName = "numpadDecimal") {
    const ref = useRef(refName);
    useInputField({
        ref,
        refName,
        getValue: () => component.formattedValue,
        parse,
    });
    return ref;
}
