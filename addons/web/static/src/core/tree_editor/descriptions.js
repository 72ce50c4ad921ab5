import { _t } from "@web/core/l10n/translation";
import { connector, condition, isSameValue, isTree } from "@web/core/tree_editor/tree_nodes";
import { getOperatorLabel } from "@web/core/tree_editor/operators";
import { disambiguate, isId, valueText } from "@web/core/tree_editor/values";

/**
 * What trees say, as text.
 *
 * @typedef {import("@web/core/tree_editor/tree_nodes").Tree} Tree
 * @typedef {{fieldService: Object, nameService: Object}} Services
 * @typedef {(path: any) => Object|null} GetFieldDef
 */

/** Values that are named; of more it is only told that there are more. */
const MANY = 20;
const TYPES_OF_RECORDS = ["many2one", "many2many", "one2many"];
const WITHOUT_VALUE = ["set", "not_set"];

function visitConditions(tree, visit) {
    if (tree.type === "connector") {
        tree.children.forEach((child) => visitConditions(child, visit));
    } else if (tree.type === "condition") {
        visit(tree);
    }
}

/** @returns {Promise<Object<string, Object>>} by model, names by id, of the records that the conditions name */
async function loadNames({ nameService }, tree, getFieldDef) {
    const ids = {};
    visitConditions(tree, ({ path, value }) => {
        const fieldDef = getFieldDef(path);
        const resModel = modelOf(fieldDef);
        if (resModel) {
            ids[resModel] = [...(ids[resModel] || []), ...[].concat(value).filter(isId)];
        }
    });
    const names = Object.entries(ids).map(async ([resModel, resIds]) => [
        resModel,
        resIds.length ? await nameService.loadDisplayNames(resModel, [...new Set(resIds)]) : {},
    ]);
    return Object.fromEntries(await Promise.all(names));
}

function modelOf(fieldDef) {
    return TYPES_OF_RECORDS.includes(fieldDef?.type) ? fieldDef.relation || fieldDef.comodel : null;
}

async function loadPathLabels({ fieldService }, resModel, tree) {
    const labels = new Map();
    const paths = new Set();
    visitConditions(tree, ({ path }) => paths.add(path));
    await Promise.all(
        [...paths].map(async (path) => {
            if (typeof path !== "string" || !path || !resModel) {
                labels.set(path, String(path));
                return;
            }
            const { names, modelsInfo } = await fieldService.loadPath(resModel, path);
            const steps = names.map((name, index) => modelsInfo[index]?.fieldDefs[name]?.string || name);
            labels.set(path, steps.join(" \u2794 "));
        })
    );
    return labels;
}

/** How several values are told: their texts, what stands between them, whether they stand in brackets. */
function valuesOf({ operator, value }, fieldDef, displayNames) {
    const isWithin = operator === "within";
    const values = Array.isArray(value) ? value.slice(0, isWithin ? 2 : MANY) : [value];
    const isQuoted = disambiguate(value, displayNames);
    const texts = isWithin
        ? [String(values[0]), unitLabel(values[1])]
        : values.map((item) => valueText(item, { fieldDef, isQuoted, displayNames }));
    if (Array.isArray(value) && !isWithin && value.length > MANY) {
        texts.push("...");
    }
    const join = operator === "between" ? _t("and").toString() : isWithin ? " " : _t("or").toString();
    return { values: texts, join, addParenthesis: ["in", "not in"].includes(operator) };
}

/** @param {string} unit @returns {string} */
export function unitLabel(unit) {
    const labels = { days: _t("days"), weeks: _t("weeks"), months: _t("months"), years: _t("years") };
    return String(labels[unit] ?? unit);
}

/** What nothing is called: "is not set" whatever the type. */
function shown(node) {
    const isNothing = node.value === false && ["=", "!="].includes(node.operator);
    return isNothing ? { ...node, operator: node.operator === "=" ? "not_set" : "set" } : node;
}

/**
 * @param {Services} services
 * @param {string} resModel
 * @param {Tree} tree
 * @param {GetFieldDef} getFieldDef
 * @returns {Promise<(node: Object) => {pathDescription: string, operatorDescription: string, valueDescription: Object|null}>}
 */
export async function makeConditionDescriber(services, resModel, tree, getFieldDef) {
    const [labels, names] = await Promise.all([
        loadPathLabels(services, resModel, tree),
        loadNames(services, tree, getFieldDef),
    ]);
    return (node) => {
        const fieldDef = getFieldDef(node.path);
        const { operator, value, negate } = shown(node);
        const hasNoValue = WITHOUT_VALUE.includes(operator) || isTree(value);
        return {
            pathDescription: labels.get(node.path) ?? String(node.path),
            operatorDescription: getOperatorLabel(operator, fieldDef?.type, negate),
            valueDescription: hasNoValue ? null : valuesOf({ operator, value }, fieldDef, names[modelOf(fieldDef)]),
        };
    };
}

/** "one of" rather than a chain of "or". */
function joinEqualities(tree) {
    if (tree.type !== "connector") {
        return tree;
    }
    const children = tree.children.map(joinEqualities);
    const [first] = children;
    const isChain =
        tree.value === "|" &&
        children.length > 1 &&
        children.every((child) => isEquality(child) && child.path === first.path && !isSameValue(child.value, false));
    return isChain
        ? condition(
              first.path,
              "in",
              children.map(({ value }) => value),
              tree.negate
          )
        : connector(tree.value, children, tree.negate);
}

function isEquality({ type, operator, negate, value }) {
    return type === "condition" && operator === "=" && !negate && !Array.isArray(value) && !isTree(value);
}

/**
 * @param {Services} services
 * @param {string} resModel
 * @param {Tree} tree
 * @param {GetFieldDef} getFieldDef of paths from the start, those below "any" included
 * @returns {Promise<string>} what the tree says
 */
export async function describeTree(services, resModel, tree, getFieldDef) {
    const joined = joinEqualities(tree);
    const describe = await makeConditionDescriber(services, resModel, joined, getFieldDef);

    const conditionText = async (node) => {
        const { pathDescription, operatorDescription, valueDescription } = describe(node);
        const parts = [pathDescription, operatorDescription];
        if (valueDescription) {
            const { values, join, addParenthesis } = valueDescription;
            const text = values.join(join === " " ? join : ` ${join} `);
            parts.push(addParenthesis ? `( ${text} )` : text);
        } else if (isTree(node.value)) {
            const below = (path) => getFieldDef([node.path, path].join("."));
            const text = await describeTree(services, modelOf(getFieldDef(node.path)), node.value, below);
            parts.push(`( ${text} )`);
        }
        return parts.join(" ");
    };

    const text = async (node, isRoot = false) => {
        if (node.type === "condition") {
            return conditionText(node);
        }
        if (node.type === "complex_condition") {
            return node.value;
        }
        const children = await Promise.all(node.children.map((child) => text(child)));
        const word = node.value === "&" ? _t("and") : _t("or");
        const inside = children.length ? children.join(` ${word} `) : _t("all records").toString();
        const isBracketed = node.negate || (!isRoot && children.length > 1);
        return `${node.negate ? `${_t("not")} ` : ""}${isBracketed ? `( ${inside} )` : inside}`;
    };
    return text(joined, true);
}
