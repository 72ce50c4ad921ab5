import { useComponent, useEffect, useRef } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/**
 * Component hook: a calendar for the inputs `start-date` and `end-date` of the component, or those of `target`.
 *
 * @param {{target?: string, pickerProps?: Object | (() => Object), format?: string, onChange?: Function,
 *  onApply?: Function}} params
 * @returns {{state: Object, open: (index?: number) => void, isOpen: boolean, close: () => void}}
 */
export function useDateTimePicker(params) {
    const { env } = useComponent();
    const service = useService("datetime_picker");
    const inputs = [useRef("start-date"), useRef("end-date")];
    const target = typeof params.target === "string" ? useRef(params.target) : params.target;
    const propsOf = () => (typeof params.pickerProps === "function" ? params.pickerProps() : params.pickerProps);
    const picker = service.create({ ...params, env, target, pickerProps: propsOf() }, () => inputs.map(({ el }) => el));
    useEffect(
        () => picker.enable(),
        () => inputs.map(({ el }) => el)
    );
    useEffect(() => {
        Object.assign(picker.state, propsOf());
        picker.update();
    });
    return picker;
}
