import { useComponent, useEffect, useRef } from "@odoo/owl";
import { getActiveHotkey } from "@web/core/hotkeys/hotkey_service";
import { useBus } from "@web/core/utils/hooks";

/**
 * Bind a text input to a field: formats the value in, parses it on change, marks wrong input.
 *
 * @param {{getValue: () => string, parse?: Function, ref?: Object, refName?: string, fieldName?: string,
 *   preventLineBreaks?: boolean}} params
 */
export function useInputField(params) {
    const inputRef = params.ref || useRef(params.refName || "input");
    const component = useComponent();
    let isDirty = false;
    let lastSetValue = null;
    let pendingUpdate = false;
    const fieldName = () => params.fieldName || component.props.name;

    const commitChanges = async () => {
        if (!inputRef.el || inputRef.el.value === lastSetValue) {
            return;
        }
        isDirty = false;
        let value = inputRef.el.value;
        if (params.parse) {
            try {
                value = params.parse(value);
            } catch {
                await component.props.record.setInvalidField(fieldName());
                return;
            }
        }
        const current = component.props.record.data[fieldName()];
        if (value !== current) {
            lastSetValue = inputRef.el.value;
            pendingUpdate = true;
            await component.props.record.update({ [fieldName()]: value }, { save: component.props.autosave });
            pendingUpdate = false;
            component.props.record.model.bus.trigger("FIELD_IS_DIRTY", isDirty);
        } else {
            inputRef.el.value = params.getValue();
            lastSetValue = inputRef.el.value;
        }
    };

    const onInput = (ev) => {
        isDirty = ev.target.value !== lastSetValue;
        if (params.preventLineBreaks && ev.inputType === "insertFromPaste") {
            ev.target.value = ev.target.value.replace(/[\r\n]+/g, " ");
        }
        component.props.record.model.bus.trigger("FIELD_IS_DIRTY", isDirty);
        if (component.props.record.isFieldInvalid?.(fieldName())) {
            component.props.record.resetFieldValidity(fieldName());
        }
    };

    const onKeydown = (ev) => {
        const hotkey = getActiveHotkey(ev);
        if (params.preventLineBreaks && hotkey === "enter") {
            ev.preventDefault();
        }
        if (["enter", "tab", "shift+tab"].includes(hotkey)) {
            commitChanges();
        }
    };

    useEffect(
        (el) => {
            if (!el) {
                return;
            }
            const onChange = () => commitChanges();
            el.addEventListener("input", onInput);
            el.addEventListener("change", onChange);
            el.addEventListener("keydown", onKeydown);
            return () => {
                el.removeEventListener("input", onInput);
                el.removeEventListener("change", onChange);
                el.removeEventListener("keydown", onKeydown);
            };
        },
        () => [inputRef.el]
    );
    useEffect(() => {
        const invalid = component.props.record.isFieldInvalid?.(fieldName());
        if (inputRef.el && !isDirty && !pendingUpdate && !invalid) {
            const value = params.getValue();
            if (inputRef.el.value !== value) {
                inputRef.el.value = value;
            }
            lastSetValue = inputRef.el.value;
        }
    });
    useBus(component.props.record.model.bus, "WILL_SAVE_URGENTLY", () => commitChanges());
    useBus(component.props.record.model.bus, "NEED_LOCAL_CHANGES", (ev) => ev.detail.proms.push(commitChanges()));
    return inputRef;
}
