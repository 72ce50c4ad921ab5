import { isTree } from "@web/core/tree_editor/condition_tree";
import { useService } from "@web/core/utils/hooks";
import { makeConditionDescriber, describeTree } from "@web/core/tree_editor/descriptions";

/**
 * @typedef {import("@web/core/tree_editor/tree_nodes").Tree} Tree
 * @typedef {(path: any) => Object|null} GetFieldDef
 */

/** Fields that rules are most often about. */
const FIRST_CHOICES = ["country_id", "user_id", "partner_id", "stage_id", "id"];

export { disambiguate, isId } from "@web/core/tree_editor/values";

/** @param {Object} fieldDefs @returns {string} field of a new rule @throws {Error} there is none */
export function getDefaultPath(fieldDefs) {
    const path = [...FIRST_CHOICES, ...Object.keys(fieldDefs)].find((name) => fieldDefs[name]);
    if (!path) {
        throw new Error("There is no field to make a rule about");
    }
    return path;
}

/** Model that a relation leads to, a property that is one included. */
export function getResModel(fieldDef) {
    return fieldDef ? (fieldDef.is_property ? fieldDef.comodel : fieldDef.relation) || null : null;
}

/**
 * @param {Tree} tree
 * @param {boolean} [lookInSubTrees] also those in the values of "any", from the start
 * @returns {any[]} paths of the conditions, each once
 */
export function getPathsInTree(tree, lookInSubTrees = false) {
    const paths = [];
    const visit = (node, above) => {
        if (node.type === "connector") {
            node.children.forEach((child) => visit(child, above));
        } else if (node.type === "condition") {
            paths.push(typeof node.path === "string" ? [...above, node.path].join(".") : node.path);
            if (lookInSubTrees && isTree(node.value)) {
                visit(node.value, [...above, node.path]);
            }
        }
    };
    visit(tree, []);
    return [...new Set(paths)];
}

/** @returns {(resModel: string, tree: Tree, additionalPaths?: any[]) => Promise<GetFieldDef>} */
export function useMakeGetFieldDef(fieldService = useService("field")) {
    return async (resModel, tree, additionalPaths = []) => {
        const paths = [...new Set([...getPathsInTree(tree, true), ...additionalPaths])];
        const known = new Map();
        await Promise.all(
            paths.map(async (path) => known.set(path, (await fieldService.loadFieldInfo(resModel, path)).fieldDef))
        );
        return (path) => {
            if ([0, 1].includes(path)) {
                return { type: "integer", string: String(path) };
            }
            return known.get(path) || null;
        };
    };
}

/** @returns {(resModel: string, tree: Tree, getFieldDef: GetFieldDef) => Promise<(node: Object) => Object>} */
export function useMakeGetConditionDescription(fieldService = useService("field"), nameService = useService("name")) {
    return (resModel, tree, getFieldDef) =>
        makeConditionDescriber({ fieldService, nameService }, resModel, tree, getFieldDef);
}

/** @returns {(resModel: string, tree: Tree) => Promise<string>} what a tree says */
export function useGetTreeDescription(fieldService = useService("field"), nameService = useService("name")) {
    const makeGetFieldDef = useMakeGetFieldDef(fieldService);
    return async (resModel, tree) => {
        const getFieldDef = await makeGetFieldDef(resModel, tree);
        return describeTree({ fieldService, nameService }, resModel, tree, getFieldDef);
    };
}
