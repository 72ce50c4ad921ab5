import { deserializeDate, deserializeDateTime, parseDate, parseDateTime } from "@web/core/l10n/dates";
import publicWidget from "@web/legacy/js/public/public_widget";

/** Calendar of inputs of public pages: `<input data-widget="datetime-picker" data-widget-type="date">`. */
export const DateTimePickerWidget = publicWidget.Widget.extend({
    selector: "[data-widget='datetime-picker']",

    start() {
        const { widgetType: type = "datetime", minDate, maxDate } = this.el.dataset;
        const read = type === "date" ? deserializeDate : deserializeDateTime;
        const parse = type === "date" ? parseDate : parseDateTime;
        const pickerProps = {
            type,
            value: this.el.value ? parse(this.el.value) : false,
            ...(minDate && { minDate: read(minDate) }),
            ...(maxDate && { maxDate: read(maxDate) }),
        };
        this.disable = this.bindService("datetime_picker").create({ target: this.el, pickerProps }).enable();
        return this._super();
    },

    destroy() {
        this.disable?.();
        this._super();
    },
});

publicWidget.registry.DateTimePickerWidget = DateTimePickerWidget;
