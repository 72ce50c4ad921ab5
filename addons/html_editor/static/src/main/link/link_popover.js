import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus, useService } from "@web/core/utils/hooks";
import { urlOf } from "@html_editor/utils/url";

/** A link: where it leads, what it says, and what can be done with it. */
export class LinkPopover extends Component {
    static template = "html_editor.LinkPopover";
    static props = {
        close: Function,
        href: String,
        label: String,
        isBlank: Boolean,
        isEditing: Boolean,
        hasLabel: Boolean,
        onApply: Function,
        onRemove: Function,
    };

    setup() {
        this.notification = useService("notification");
        const { href, isBlank, isEditing, label } = this.props;
        this.state = useState({ href, label, isBlank, isEditing, isWrong: false });
        useAutofocus({ refName: "href" });
    }

    get shownHref() {
        return this.props.href.replace(/^mailto:|^tel:/, "");
    }

    apply() {
        const href = urlOf(this.state.href);
        if (!href) {
            this.state.isWrong = true;
            return;
        }
        this.props.onApply({
            href,
            label: this.state.label.trim() || this.state.href.trim(),
            isBlank: this.state.isBlank,
        });
        this.props.close();
    }

    remove() {
        this.props.onRemove();
        this.props.close();
    }

    async copy() {
        await navigator.clipboard.writeText(this.props.href);
        this.notification.add(_t("The address is copied."), { type: "success" });
        this.props.close();
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && ev.target.matches("input:not([type=checkbox])")) {
            ev.preventDefault();
            this.apply();
        }
    }
}
