import { Component } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { Domain } from "@web/core/domain";
import { getDomainDisplayedOperators } from "@web/core/domain_selector/domain_selector_operator_editor";
import { getDefaultCondition } from "@web/core/domain_selector/utils";
import { _t } from "@web/core/l10n/translation";
import { condition, connector, domainFromTree, treeFromDomain } from "@web/core/tree_editor/condition_tree";
import { makePathEditorInfo } from "@web/core/tree_editor/path_editor";
import { TreeEditor } from "@web/core/tree_editor/tree_editor";
import { getOperatorEditorInfo } from "@web/core/tree_editor/tree_editor_operator_editor";
import { useMakeGetFieldDef } from "@web/core/tree_editor/utils";
import { KeepLast } from "@web/core/utils/concurrency";
import { usePrepared, useService } from "@web/core/utils/hooks";

/** What makes a search find archived records, too. */
const ARCHIVED = condition("active", "in", [true, false]);
const ARCHIVED_DOMAIN = domainFromTree(ARCHIVED);

function isArchivedCondition(node) {
    return node.type === "condition" && domainFromTree(node) === ARCHIVED_DOMAIN;
}

/** Editor of a domain: rules, its text for developers, and whether archived records are among those found. */
export class DomainSelector extends Component {
    static template = "web.DomainSelector";
    static components = { CheckBox, TreeEditor };
    static props = {
        className: { type: String, optional: true },
        debugUpdate: { type: Function, optional: true },
        defaultConnector: { type: [{ value: "&" }, { value: "|" }], optional: true },
        domain: String,
        isDebugMode: { type: Boolean, optional: true },
        readonly: { type: Boolean, optional: true },
        resModel: String,
        update: { type: Function, optional: true },
    };
    static defaultProps = { defaultConnector: "&", isDebugMode: false, readonly: true, update: () => {} };

    setup() {
        this.fieldService = useService("field");
        this.makeGetFieldDef = useMakeGetFieldDef();
        this.keepLast = new KeepLast();
        this.tree = null;
        usePrepared((props) => this.onPropsUpdated(props));
    }

    async onPropsUpdated(props) {
        if (props.domain === this.written?.domain && props.resModel === this.props.resModel) {
            // what was made here is not read again: the same can be said in several ways
            this.tree = this.written.tree;
            return;
        }
        let domain;
        let isSupported = true;
        try {
            domain = new Domain(props.domain);
        } catch {
            isSupported = false;
        }
        if (!isSupported) {
            Object.assign(this, { tree: null, hasActive: false, includeArchived: false });
            return;
        }
        const plain = treeFromDomain(domain);
        const [getFieldDef, fieldDefs] = await this.keepLast.add(
            Promise.all([
                this.makeGetFieldDef(props.resModel, plain, ["active"]),
                this.fieldService.loadFields(props.resModel),
            ])
        );
        this.fieldDefs = fieldDefs;
        const tree = treeFromDomain(domain, { getFieldDef, distributeNot: !props.isDebugMode });
        this.hasActive = this.getShowArchivedCheckBox(Boolean(getFieldDef("active")), props);
        this.includeArchived = false;
        this.tree = this.hasActive ? this.withoutArchived(tree) : tree;
    }

    /** The tree without what a switch of its own stands for. */
    withoutArchived(tree) {
        const isAlone = isArchivedCondition(tree);
        const canHold = tree.type === "connector" && tree.value === "&" && !tree.negate;
        const place = canHold ? tree.children.findIndex(isArchivedCondition) : -1;
        this.includeArchived = isAlone || place >= 0;
        if (isAlone) {
            return connector("&");
        }
        if (place < 0) {
            return tree;
        }
        const rest = tree.children.filter((_child, index) => index !== place);
        return rest.length === 1 ? rest[0] : connector("&", rest);
    }

    // ------------------------------------------------------------------ for subclasses

    getShowArchivedCheckBox(hasActiveField, _props) {
        return hasActiveField;
    }

    getDefaultCondition(fieldDefs) {
        return getDefaultCondition(fieldDefs);
    }

    getDefaultOperator(fieldDef) {
        return getDomainDisplayedOperators(fieldDef)[0];
    }

    getOperatorEditorInfo(fieldDef) {
        return getOperatorEditorInfo(getDomainDisplayedOperators(fieldDef), fieldDef);
    }

    getPathEditorInfo(resModel, defaultCondition) {
        const { isDebugMode } = this.props;
        return makePathEditorInfo(
            { isDebugMode, resModel },
            {
                defaultPath: defaultCondition.path,
                isKnown: (path) => typeof path === "string",
                message: _t("Invalid field chain"),
            }
        );
    }

    // ------------------------------------------------------------------ changes

    update(tree) {
        const { includeArchived } = this;
        const hasRules = tree.type !== "connector" || tree.children.length;
        const parts = [...(hasRules ? [tree] : []), ...(includeArchived ? [ARCHIVED] : [])];
        const isFlat = parts.length > 1 && tree.type === "connector" && tree.value === "&" && !tree.negate;
        const all = isFlat ? connector("&", [...tree.children, ARCHIVED]) : connector("&", parts);
        this.written = { domain: domainFromTree(all), tree };
        this.props.update(this.written.domain, false);
    }

    resetDomain() {
        this.props.update("[]", false);
    }

    toggleIncludeArchived() {
        this.includeArchived = !this.includeArchived;
        this.update(this.tree);
        this.render();
    }

    onDomainInput(text) {
        this.props.debugUpdate?.(text);
    }

    onDomainChange(text) {
        this.props.update(text, true);
    }
}
