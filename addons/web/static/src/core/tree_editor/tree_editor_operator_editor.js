import { _t } from "@web/core/l10n/translation";
import { formatValue, Expression } from "@web/core/tree_editor/condition_tree";
import { getOperatorLabel } from "@web/core/tree_editor/operators";
import { Select } from "@web/core/tree_editor/tree_editor_components";
import { parseExpr } from "@web/core/py_js/py";
import { toValue } from "@web/core/tree_editor/tree_nodes";

export { getOperatorLabel } from "@web/core/tree_editor/operators";

function keyOf(operator, negate = false) {
    return `${negate ? "not:" : ""}${formatValue(operator)}`;
}

function read(key) {
    const negate = key.startsWith("not:");
    return [toValue(parseExpr(negate ? key.slice(4) : key)), negate];
}

/**
 * Editor of an operator and its negation, `[operator, negate]`; one that is not offered stays until another is chosen.
 *
 * @param {any[]} operators that are offered
 * @param {Object|null} [fieldDef]
 */
export function getOperatorEditorInfo(operators, fieldDef) {
    const offered = operators.map((operator) => [keyOf(operator), getOperatorLabel(operator, fieldDef?.type)]);
    return {
        component: Select,
        extractProps: ({ update, value: [operator, negate] }) => {
            const key = keyOf(operator, negate);
            const isOffered = offered.some(([other]) => other === key);
            const own = [key, getOperatorLabel(operator, fieldDef?.type, negate)];
            return {
                ariaLabel: _t("Operator").toString(),
                options: isOffered ? offered : [...offered, own],
                update: (chosen) => update(...read(chosen)),
                value: key,
            };
        },
        defaultValue: () => operators[0],
        isSupported: ([operator]) => typeof operator === "string" || operator instanceof Expression,
        message: _t("Operator not supported"),
        stringify: ([operator, negate]) => getOperatorLabel(operator, fieldDef?.type, negate),
    };
}
