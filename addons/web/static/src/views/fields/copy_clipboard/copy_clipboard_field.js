import { Component } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { omit } from "@web/core/utils/objects";
import { archProps, attr, propTypes, string } from "@web/views/fields/arch_props";
import { CharField } from "@web/views/fields/char/char_field";
import { getValue } from "@web/views/fields/field_value";
import { optional, standardFieldProps } from "@web/views/fields/standard_field_props";
import { UrlField } from "@web/views/fields/url/url_field";

const ARCH_PROPS = { placeholder: attr("placeholder"), string };

/** Text with a button that copies it. */
export class CopyClipboardField extends Component {
    static template = "web.CopyClipboardField";
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS), ...optional({ disabledExpr: String }) };

    setup() {
        this.notification = useService("notification");
    }

    get Field() {
        return CharField;
    }

    get fieldProps() {
        return omit(this.props, "string", "disabledExpr");
    }

    get content() {
        return getValue(this.props);
    }

    async copy() {
        await browser.navigator.clipboard.writeText(String(this.content || ""));
        this.notification.add(_t("Copied"), { type: "success" });
    }
}

/** Button that copies the value, which is not shown. */
export class CopyClipboardButtonField extends CopyClipboardField {
    get Field() {
        return null;
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
    // the button, and something of what it copies
    listViewWidth: component === CopyClipboardButtonField ? [90, 90] : [150, 1200],
    ...archProps(ARCH_PROPS),
});

export const copyClipboardField = description(CopyClipboardField, _t("Copy Text to Clipboard"));
export const copyClipboardButtonField = description(CopyClipboardButtonField, _t("Copy to Clipboard"));
export const copyClipboardURLField = description(CopyClipboardURLField, _t("Copy URL to Clipboard"));

registry
    .category("fields")
    .add("CopyClipboardChar", copyClipboardField)
    .add("CopyClipboardButton", copyClipboardButtonField)
    .add("CopyClipboardURL", copyClipboardURLField);
