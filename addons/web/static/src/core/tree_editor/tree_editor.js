import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import {
    cloneTree,
    condition,
    connector,
    domainFromTree,
    isTree,
    normalizeValue,
} from "@web/core/tree_editor/condition_tree";
import { getDefaultValue, getValueEditorInfo } from "@web/core/tree_editor/tree_editor_value_editors";
import { getResModel, useMakeGetConditionDescription, useMakeGetFieldDef } from "@web/core/tree_editor/utils";
import { KeepLast } from "@web/core/utils/concurrency";
import { uniqueId } from "@web/core/utils/functions";
import { usePrepared, useService } from "@web/core/utils/hooks";

/** What a connector may ask of the rules below it: its value and negation. */
const QUANTIFIERS = {
    all: ["&", false],
    any: ["|", false],
    none: ["|", true],
    "not all": ["&", true],
};
const LABELS = { all: _t("all"), any: _t("any"), none: _t("none"), "not all": _t("not all") };

/** Whether a tree restricts nothing in the way that people write that. */
function isAlwaysTrue(tree) {
    return tree.type === "condition" && tree.path === 1 && tree.operator === "=" && tree.value === 1 && !tree.negate;
}

/** Editor of a tree of conditions: each node is a row, and each row below a connector can have others beside it. */
export class TreeEditor extends Component {
    static template = "web.TreeEditor";
    static components = { Dropdown, DropdownItem, TreeEditor };
    static props = {
        defaultConnector: { type: [{ value: "&" }, { value: "|" }], optional: true },
        getDefaultCondition: Function,
        getDefaultOperator: { type: Function, optional: true },
        getOperatorEditorInfo: Function,
        getPathEditorInfo: Function,
        isDebugMode: { type: Boolean, optional: true },
        isSubTree: { type: Boolean, optional: true },
        readonly: { type: Boolean, optional: true },
        resModel: String,
        slots: { type: Object, optional: true },
        tree: Object,
        update: Function,
    };
    static defaultProps = { defaultConnector: "&", isSubTree: false, readonly: false };

    setup() {
        this.isTree = isTree;
        this.fieldService = useService("field");
        this.makeGetFieldDef = useMakeGetFieldDef();
        this.makeGetConditionDescription = useMakeGetConditionDescription();
        this.keepLast = new KeepLast();
        this.keys = new WeakMap();
        usePrepared((props) => this.take(props));
    }

    // ------------------------------------------------------------------ tree

    /** Show a tree; what was made of the last one here stays as it is if it means the same. */
    async take(props) {
        const isOwn =
            this.tree && this.resModel === props.resModel && domainFromTree(this.tree) === domainFromTree(props.tree);
        if (!isOwn) {
            this.tree = this.rooted(cloneTree(props.tree), props);
        }
        this.resModel = props.resModel;
        await this.prepareInfo(props);
    }

    /** The tree below a connector, which further rules can be added to. */
    rooted(tree, { defaultConnector }) {
        if (isAlwaysTrue(tree)) {
            return connector(defaultConnector);
        }
        if (tree.type !== "connector") {
            return connector(defaultConnector, [tree]);
        }
        return tree.children.length || tree.negate ? tree : connector(defaultConnector);
    }

    async prepareInfo({ readonly, resModel }) {
        const [fieldDefs, getFieldDef] = await this.keepLast.add(
            Promise.all([this.fieldService.loadFields(resModel), this.makeGetFieldDef(resModel, this.tree)])
        );
        this.defaultCondition = this.props.getDefaultCondition(fieldDefs);
        this.getFieldDef = getFieldDef;
        if (readonly) {
            this.getConditionDescription = await this.keepLast.add(
                this.makeGetConditionDescription(resModel, this.tree, getFieldDef)
            );
        }
    }

    async notifyChanges() {
        this.props.update(cloneTree(this.tree));
        // the owner shows another tree only if it means something else
        await this.prepareInfo(this.props);
        this.render();
    }

    /** Key of a node that it keeps while it is edited. */
    keyOf(node) {
        if (!this.keys.has(node)) {
            this.keys.set(node, uniqueId());
        }
        return this.keys.get(node);
    }

    templateOf({ type }) {
        return `web.TreeEditor.${type}`;
    }

    get className() {
        return this.props.isSubTree ? "o_tree_editor_subtree" : "";
    }

    // ------------------------------------------------------------------ connectors

    quantifierOf(node) {
        return Object.keys(QUANTIFIERS).find((name) => {
            const [value, negate] = QUANTIFIERS[name];
            return node.value === value && Boolean(node.negate) === negate;
        });
    }

    quantifierLabel(name) {
        return String(LABELS[name]);
    }

    /** "not all" is offered only where it stands already: it is rarely meant. */
    quantifiersFor(node) {
        return Object.keys(QUANTIFIERS).filter((name) => name !== "not all" || this.quantifierOf(node) === name);
    }

    updateConnector(node, name) {
        [node.value, node.negate] = QUANTIFIERS[name];
        return this.notifyChanges();
    }

    // ------------------------------------------------------------------ rows

    createNewLeaf() {
        return cloneTree(this.defaultCondition);
    }

    addRule(parent) {
        const last = parent.children.at(-1);
        parent.children.push(last?.type === "condition" ? cloneTree(last) : this.createNewLeaf());
        return this.notifyChanges();
    }

    duplicate(parent, node) {
        parent.children.splice(parent.children.indexOf(node) + 1, 0, cloneTree(node));
        return this.notifyChanges();
    }

    addBranch(parent, node) {
        const branch = connector(parent.value === "&" ? "|" : "&", [this.createNewLeaf()]);
        parent.children.splice(parent.children.indexOf(node) + 1, 0, branch);
        return this.notifyChanges();
    }

    /** Take a row away, and the connector that it was the last of. */
    delete(ancestors, node) {
        const parent = ancestors.at(-1);
        parent.children = parent.children.filter((child) => child !== node);
        if (!parent.children.length && ancestors.length > 1) {
            return this.delete(ancestors.slice(0, -1), parent);
        }
        return this.notifyChanges();
    }

    // ------------------------------------------------------------------ conditions

    getResModel(node) {
        return getResModel(this.getFieldDef(node.path));
    }

    getPathEditorInfo() {
        return this.props.getPathEditorInfo(this.props.resModel, this.defaultCondition);
    }

    getOperatorEditorInfo(node) {
        return this.props.getOperatorEditorInfo(this.getFieldDef(node.path));
    }

    getValueEditorInfo(node) {
        return getValueEditorInfo(this.getFieldDef(node.path), node.operator);
    }

    defaultOperator(fieldDef) {
        return this.props.getDefaultOperator?.(fieldDef) ?? this.props.getOperatorEditorInfo(fieldDef).defaultValue();
    }

    /** Another field: operator and value begin anew. */
    async updatePath(node, path) {
        const { fieldDef } = await this.fieldService.loadFieldInfo(this.props.resModel, path);
        const operator = this.defaultOperator(fieldDef);
        Object.assign(node, condition(path, operator, getDefaultValue(fieldDef, operator)));
        await this.notifyChanges();
    }

    /** Another operator: the value stays if it can be one of it. */
    updateLeafOperator(node, operator, negate) {
        const fieldDef = this.getFieldDef(node.path);
        node.operator = operator;
        node.negate = negate;
        node.value = getDefaultValue(fieldDef, operator, node.value);
        return this.notifyChanges();
    }

    updateLeafValue(node, value) {
        node.value = isTree(value) ? value : normalizeValue(value);
        return this.notifyChanges();
    }

    /** Replace a part of a condition that has no editor. @param {"path"|"operator"|"value"} part */
    reset(node, part) {
        if (part === "path") {
            return this.updatePath(node, this.getPathEditorInfo().defaultValue());
        }
        if (part === "operator") {
            return this.updateLeafOperator(node, this.getOperatorEditorInfo(node).defaultValue(), false);
        }
        return this.updateLeafValue(node, this.getValueEditorInfo(node).defaultValue());
    }

    updateComplexCondition(node, value) {
        node.value = value;
        return this.notifyChanges();
    }

    describe(node) {
        return this.getConditionDescription(node);
    }
}
