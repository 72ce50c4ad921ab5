import { Component, useRef } from "@odoo/owl";
import { DateTimePicker } from "@web/core/datetime/datetime_picker";
import { formatDate, formatDateTime, parseDate, parseDateTime, areDatesEqual } from "@web/core/l10n/dates";
import { usePopover } from "@web/core/popover/popover_hook";

/** Input of a date or date with time; the calendar opens beside it. */
export class DateTimeInput extends Component {
    static template = "web.DateTimeInput";
    static props = {
        value: { optional: true },
        type: { type: String, optional: true },
        format: { type: String, optional: true },
        id: { type: String, optional: true },
        placeholder: { type: String, optional: true },
        onChange: { type: Function, optional: true },
        onApply: { type: Function, optional: true },
        rounding: { type: Number, optional: true },
        minDate: { optional: true },
        maxDate: { optional: true },
        disabled: { type: Boolean, optional: true },
        "*": { optional: true },
    };
    static defaultProps = { type: "datetime", onChange: () => {}, onApply: () => {} };

    setup() {
        this.input = useRef("start-date");
        this.popover = usePopover(DateTimePicker, {
            arrow: false,
            // one goes on typing
            setActiveElement: false,
            position: "bottom-start",
            popoverClass: "o_datetime_popover",
            onClose: () => this.props.onApply(this.current),
        });
        this.current = this.props.value;
    }

    get text() {
        const { value, type, format } = this.props;
        return value ? (type === "date" ? formatDate(value, { format }) : formatDateTime(value, { format })) : "";
    }

    open() {
        if (this.popover.isOpen || this.props.disabled) {
            return;
        }
        const { value, type, rounding, minDate, maxDate } = this.props;
        this.popover.open(this.input.el, {
            value,
            type,
            rounding,
            minDate,
            maxDate,
            onSelect: (date, unit) => {
                this.apply(date);
                if (type === "date" && unit === "date") {
                    this.popover.close();
                }
            },
        });
    }

    apply(value) {
        this.current = value;
        if (!areDatesEqual(value, this.props.value)) {
            this.props.onChange(value);
        }
    }

    onChange(ev) {
        const parse = this.props.type === "date" ? parseDate : parseDateTime;
        try {
            this.apply(parse(ev.target.value, { format: this.props.format }));
        } catch {
            ev.target.value = this.text;
        }
    }

    onKeydown(ev) {
        if (["Enter", "Tab"].includes(ev.key)) {
            this.popover.close();
        } else if (ev.key === "ArrowDown") {
            this.open();
        }
    }
}
