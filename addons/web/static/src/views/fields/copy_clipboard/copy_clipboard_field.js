import { Component } from "@odoo/owl";
import { CopyButton } from "@web/core/copy_button/copy_button";
import { _t } from "@web/core/l10n/translation";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { omit } from "@web/core/utils/objects";
import { archProps, attr, propTypes } from "@web/views/fields/arch_props";
import { CharField } from "@web/views/fields/char/char_field";
import { getValue } from "@web/views/fields/field_value";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { UrlField } from "@web/views/fields/url/url_field";

const ARCH_PROPS = { placeholder: attr("placeholder"), disabledExpr: attr("disabled"), string: attr("string") };

/** What copies the value; subclasses say what shows it. */
class CopyClipboardField extends Component {
    static template = "web.CopyClipboardField";
    static components = { CopyButton };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    /** @returns {typeof Component|null} */
    get Field() {
        return null;
    }

    get fieldProps() {
        return omit(this.props, "string", "disabledExpr");
    }

    /** Whether the expression of the node that blocks the button holds. */
    get isDisabled() {
        const { disabledExpr, record } = this.props;
        return disabledExpr ? evaluateBooleanExpr(disabledExpr, record.evalContext) : false;
    }

    get content() {
        return getValue(this.props);
    }

    get copyButtonProps() {
        return {
            content: String(this.content || ""),
            disabled: this.isDisabled,
            copyText: this.props.string || _t("Copy").toString(),
            successText: _t("Copied").toString(),
        };
    }
}

/** Button that copies the value, which is not shown. */
export class CopyClipboardButtonField extends CopyClipboardField {}

/** Text with a button that copies it. */
export class CopyClipboardCharField extends CopyClipboardField {
    get Field() {
        return CharField;
    }
}

/** Link with a button that copies it. */
export class CopyClipboardURLField extends CopyClipboardField {
    get Field() {
        return UrlField;
    }
}

const description = (component, displayName) => ({
    component,
    displayName,
    supportedTypes: ["char"],
    // something of what is copied, and the button
    listViewWidth: [150, 1200],
    ...archProps(ARCH_PROPS),
});

export const copyClipboardButtonField = {
    ...description(CopyClipboardButtonField, _t("Copy to Clipboard")),
    supportedTypes: ["char", "text", "integer", "float"],
    listViewWidth: [90, 90],
};
export const copyClipboardCharField = description(CopyClipboardCharField, _t("Copy Text to Clipboard"));
export const copyClipboardURLField = description(CopyClipboardURLField, _t("Copy URL to Clipboard"));

registry
    .category("fields")
    .add("CopyClipboardButton", copyClipboardButtonField)
    .add("CopyClipboardChar", copyClipboardCharField)
    .add("CopyClipboardURL", copyClipboardURLField);
