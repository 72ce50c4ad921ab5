import { Component, xml } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, propTypes, string } from "@web/views/fields/arch_props";
import { getLabel, getValue, neverEmpty } from "@web/views/fields/field_value";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = { string };
const ROUND = 2 * Math.PI * 8;

/** Percentage as a piece of a pie, with its label. */
export class PercentPieField extends Component {
    static template = xml`
        <div class="o_field_percent_pie d-inline-flex align-items-center gap-2">
            <svg width="40" height="40" viewBox="0 0 32 32" aria-hidden="true">
                <circle r="16" cx="16" cy="16" fill="var(--bs-border-color, #dee2e6)"/>
                <circle r="8" cx="16" cy="16" fill="transparent" class="text-primary" stroke="currentColor" stroke-width="16" t-att-stroke-dasharray="dashes" transform="rotate(-90 16 16)"/>
            </svg>
            <div class="o_percent_pie_text">
                <span class="o_percent_pie_value fw-bold"><t t-esc="formattedValue"/>%</span>
                <div t-if="label" class="o_percent_pie_label small" t-esc="label"/>
            </div>
        </div>`;
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    get value() {
        return getValue(this.props) || 0;
    }

    get label() {
        return getLabel(this.props);
    }

    get dashes() {
        return `${(Math.min(Math.max(this.value, 0), 100) / 100) * ROUND} ${ROUND}`;
    }

    get formattedValue() {
        return formatFloat(this.value, { trailingZeros: false });
    }
}

export const percentPieField = {
    component: PercentPieField,
    displayName: _t("PercentPie"),
    supportedTypes: ["float", "integer"],
    isEmpty: neverEmpty,
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("percentpie", percentPieField);
