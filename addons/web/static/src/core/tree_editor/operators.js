import { _t } from "@web/core/l10n/translation";
import { Expression } from "@web/core/tree_editor/tree_nodes";

/** Operators that have a name; the others are shown as they are written. */
const NAMES = [
    ["set", _t("is set")],
    ["not_set", _t("is not set")],
    ["is", _t("is")],
    ["is_not", _t("is not")],
    ["in", _t("is in")],
    ["not in", _t("is not in")],
    ["ilike", _t("contains")],
    ["not ilike", _t("does not contain")],
    ["starts_with", _t("starts with")],
    ["ends_with", _t("ends with")],
    ["between", _t("is between")],
    ["within", _t("is within")],
    ["any", _t("match"), _t("matches")],
    ["not any", _t("match none of"), _t("matches none of")],
    ["child_of", _t("child of")],
    ["parent_of", _t("parent of")],
];

/**
 * @param {any} operator
 * @param {string} [fieldDefType] type of the field
 * @param {boolean} [negate]
 * @returns {string}
 */
export function getOperatorLabel(operator, fieldDefType, negate = false) {
    const source = operator instanceof Expression ? String(operator) : operator;
    const [, ofMany = source, ofOne = ofMany] = NAMES.find(([name]) => name === source) || [];
    const label = String(fieldDefType === "many2one" ? ofOne : ofMany);
    return negate ? _t("not %s", label).toString() : label;
}
