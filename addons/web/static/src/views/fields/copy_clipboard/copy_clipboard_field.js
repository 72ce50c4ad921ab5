import { Component } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { omit } from "@web/core/utils/objects";
import { CharField } from "@web/views/fields/char/char_field";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { UrlField } from "@web/views/fields/url/url_field";

/** Text with a button that copies it. */
export class CopyClipboardField extends Component {
    static template = "web.CopyClipboardField";
    static props = {
        ...standardFieldProps,
        string: { type: String, optional: true },
        disabledExpr: { type: String, optional: true },
        placeholder: { optional: true },
    };

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
        return this.props.record.data[this.props.name];
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
    extractProps: ({ string, attrs }) => ({ string, placeholder: attrs.placeholder }),
});

export const copyClipboardField = description(CopyClipboardField, _t("Copy Text to Clipboard"));
export const copyClipboardButtonField = description(CopyClipboardButtonField, _t("Copy to Clipboard"));
export const copyClipboardURLField = description(CopyClipboardURLField, _t("Copy URL to Clipboard"));

registry
    .category("fields")
    .add("CopyClipboardChar", copyClipboardField)
    .add("CopyClipboardButton", copyClipboardButtonField)
    .add("CopyClipboardURL", copyClipboardURLField);
