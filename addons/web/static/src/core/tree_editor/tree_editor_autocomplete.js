import { _t } from "@web/core/l10n/translation";
import { Expression } from "@web/core/tree_editor/condition_tree";
import { disambiguate, isId, valueText } from "@web/core/tree_editor/values";
import { MultiRecordSelector } from "@web/core/record_selectors/multi_record_selector";
import { RecordSelector } from "@web/core/record_selectors/record_selector";

export { isId } from "@web/core/tree_editor/values";

/**
 * How a value among ids is shown.
 *
 * @param {any} value
 * @param {Object} displayNames by id
 * @returns {{text: string, colorIndex: number}} with a colour that warns of what is no record
 */
export function getFormat(value, displayNames) {
    if (isId(value)) {
        const name = displayNames[value];
        const isKnown = typeof name === "string";
        return {
            text: isKnown ? name : _t("Inaccessible or missing record: %s", value).toString(),
            colorIndex: isKnown ? 0 : 2,
        };
    }
    const isQuoted = disambiguate([value, 0]);
    return { text: valueText(value, { isQuoted }), colorIndex: value instanceof Expression ? 2 : 1 };
}

/** Several records, and values of a domain that are none. */
export class DomainSelectorAutocomplete extends MultiRecordSelector {
    /** @type {any} */
    static props = { ...MultiRecordSelector.props, resIds: true };

    getIds(props = this.props) {
        return props.resIds.filter(isId);
    }

    getTags({ resIds }, displayNames) {
        return resIds.map((value, index) => ({
            id: index + 1,
            ...getFormat(value, displayNames),
            onDelete: () => this.deleteTag(index),
            onKeydown: this.onTagKeydown,
        }));
    }
}

/** One record, or a value of a domain that is none. */
export class DomainSelectorSingleAutocomplete extends RecordSelector {
    /** @type {any} */
    static props = { ...RecordSelector.props, resId: true };

    async getDisplayNames(props) {
        return isId(props.resId) ? super.getDisplayNames(props) : {};
    }

    getDisplayName({ resId }, displayNames) {
        return resId === false ? "" : getFormat(resId, displayNames).text;
    }

    getIds() {
        return isId(this.props.resId) ? [this.props.resId] : [];
    }
}
