import { Component, xml } from "@odoo/owl";
import { DateTimePicker } from "@web/core/datetime/datetime_picker";

/** The calendar in a popover, with a button to take the choice on small screens. */
export class DateTimePickerPopover extends Component {
    static template = xml`<DateTimePicker t-props="props.pickerProps" close="props.close"/>`;
    static components = { DateTimePicker };
    static props = { close: Function, pickerProps: Object };
}
