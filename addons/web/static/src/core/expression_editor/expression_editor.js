import { Component, onWillRender } from "@odoo/owl";
import { getExpressionDisplayedOperators } from "@web/core/expression_editor/expression_editor_operator_editor";
import { _t } from "@web/core/l10n/translation";
import { condition, expressionFromTree, treeFromExpression } from "@web/core/tree_editor/condition_tree";
import { makePathEditorInfo } from "@web/core/tree_editor/path_editor";
import { TreeEditor } from "@web/core/tree_editor/tree_editor";
import { getOperatorEditorInfo } from "@web/core/tree_editor/tree_editor_operator_editor";
import { getDefaultValue } from "@web/core/tree_editor/tree_editor_value_editors";
import { getDefaultPath } from "@web/core/tree_editor/utils";

/** Editor of a Python expression about the fields of a record. */
export class ExpressionEditor extends Component {
    static template = "web.ExpressionEditor";
    static components = { TreeEditor };
    static props = { expression: String, fields: Object, resModel: String, update: Function };

    setup() {
        onWillRender(() => this.read());
    }

    read() {
        const entries = Object.entries(this.props.fields).filter(([, fieldDef]) => fieldDef.type !== "properties");
        this.filteredFields = Object.fromEntries(entries.map(([name, fieldDef]) => [name, { name, ...fieldDef }]));
        this.treeOptions = {
            distributeNot: !this.isDebugMode,
            getFieldDef: (name) => (this.isField(name) ? this.filteredFields[name] : null),
        };
        try {
            this.tree = treeFromExpression(this.props.expression, this.treeOptions);
        } catch {
            // a text that is no expression has no rules
            this.tree = null;
        }
    }

    isField(name) {
        return typeof name === "string" && Object.hasOwn(this.filteredFields, name);
    }

    get isDebugMode() {
        return Boolean(this.env.debug);
    }

    getDefaultCondition() {
        const path = getDefaultPath(this.filteredFields);
        const operator = this.getDefaultOperator(this.filteredFields[path]);
        return condition(path, operator, getDefaultValue(this.filteredFields[path], operator));
    }

    getDefaultOperator(fieldDef) {
        return getExpressionDisplayedOperators(fieldDef)[0];
    }

    getOperatorEditorInfo(fieldDef) {
        return getOperatorEditorInfo(getExpressionDisplayedOperators(fieldDef), fieldDef);
    }

    getPathEditorInfo(resModel, defaultCondition) {
        const selectorProps = {
            filter: ({ name }) => this.isField(name),
            followRelations: false,
            isDebugMode: this.isDebugMode,
            resModel,
            showDebugInput: false,
        };
        const isKnown = (path) => this.isField(path);
        return makePathEditorInfo(selectorProps, {
            defaultPath: defaultCondition.path,
            isKnown,
            message: _t("Invalid field"),
        });
    }

    resetExpression() {
        this.props.update("True");
    }

    update(tree) {
        const expression = expressionFromTree(tree, this.treeOptions);
        this.props.update(expression);
    }
}
