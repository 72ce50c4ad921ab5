import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { archProps, attr, autosaving, propTypes } from "@web/views/fields/arch_props";
import { getValue, neverEmpty, setValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = { ...autosaving, noLabel: attr("nolabel", Boolean) };

/** Star of what the user likes. */
export class BooleanFavoriteField extends Component {
    static template = "web.BooleanFavoriteField";
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };
    static defaultProps = { noLabel: false };

    get value() {
        return getValue(this.props);
    }

    get label() {
        return (this.value ? _t("Remove from Favorites") : _t("Add to Favorites")).toString();
    }

    async update() {
        if (!this.props.readonly) {
            await setValue(this.props, !this.value);
        }
    }
}

export const booleanFavoriteField = {
    component: BooleanFavoriteField,
    displayName: _t("Favorite"),
    supportedTypes: ["boolean"],
    isEmpty: neverEmpty,
    // a column without a header is as wide as the star
    listViewWidth: ({ hasLabel }) => !hasLabel && 20,
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("boolean_favorite", booleanFavoriteField);
