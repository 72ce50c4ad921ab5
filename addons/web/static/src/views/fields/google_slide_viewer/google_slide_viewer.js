import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { CharField, charField } from "@web/views/fields/char/char_field";
import { getValue } from "@web/views/fields/field_value";

const PRESENTATION = /^https:\/\/docs\.google\.com\/presentation\/d\/(e\/)?([\w-]+)/;

/**
 * Address at which a presentation is shown in a frame.
 *
 * @param {string|false} value address of a presentation at Google, as the browser has it
 * @param {number} [page] first page to show, from 1
 * @returns {string|false} false for anything else
 */
export function getGoogleSlideUrl(value, page = 1) {
    const [, published, id] = PRESENTATION.exec(value || "") || [];
    if (!id) {
        return false;
    }
    const base = `https://docs.google.com/presentation/d/${published || ""}${id}`;
    return `${base}/${published ? "embed" : "preview"}?slide=${Number(page) || 1}`;
}

/** Slides at an address, shown below it. */
export class GoogleSlideViewer extends CharField {
    static template = "web.GoogleSlideViewer";

    /** @returns {string|false} the page to begin with is in the field `<name>_page` of the record */
    get url() {
        const { name, record } = this.props;
        return getGoogleSlideUrl(getValue(this.props), record.data[`${name}_page`] || 1);
    }
}

export const googleSlideViewer = {
    ...charField,
    component: GoogleSlideViewer,
    displayName: _t("Google Slide Viewer"),
    supportedTypes: ["char"],
};

registry.category("fields").add("embed_viewer", googleSlideViewer);
