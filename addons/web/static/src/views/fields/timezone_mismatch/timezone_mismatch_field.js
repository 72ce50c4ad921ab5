import { DateTime } from "luxon";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, option, propTypes } from "@web/views/fields/arch_props";
import { SELECTION_PROPS, SelectionField, selectionField } from "@web/views/fields/selection/selection_field";

const ARCH_PROPS = {
    ...SELECTION_PROPS,
    mismatchTitle: option("mismatch_title", String),
    tzOffsetField: option("tz_offset_field", String, "tz_offset"),
};

/** Zone in which times are shown; tells when it is not the one of the browser. */
export class TimezoneMismatchField extends SelectionField {
    static template = "web.TimezoneMismatchField";
    static props = { ...SelectionField.props, ...propTypes(ARCH_PROPS) };
    static defaultProps = { ...SelectionField.defaultProps, tzOffsetField: "tz_offset" };

    /** Offset of the browser as the server writes it, `+0200`. */
    get browserOffset() {
        return DateTime.local({ zone: "system" }).toFormat("ZZZ");
    }

    get mismatch() {
        const offset = this.props.record.data[this.props.tzOffsetField];
        return Boolean(this.value && offset && offset !== this.browserOffset);
    }

    get mismatchTitle() {
        return (
            this.props.mismatchTitle ||
            _t("Times are shown in this zone, which differs from the one of your browser (UTC%s).", this.browserOffset)
        ).toString();
    }
}

export const timezoneMismatchField = {
    ...selectionField,
    component: TimezoneMismatchField,
    displayName: _t("Timezone Mismatch"),
    supportedTypes: ["selection"],
    ...archProps(ARCH_PROPS),
    fieldDependencies: ({ options }) => [{ name: options.tz_offset_field || "tz_offset", type: "char" }],
};

registry.category("fields").add("timezone_mismatch", timezoneMismatchField);
