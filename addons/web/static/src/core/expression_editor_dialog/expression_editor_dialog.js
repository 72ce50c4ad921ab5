import { Component, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { ExpressionEditor } from "@web/core/expression_editor/expression_editor";
import { _t } from "@web/core/l10n/translation";
import { evaluateExpr } from "@web/core/py_js/py";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

const TO_MANY = ["one2many", "many2many"];

/** Dialog that an expression is edited in; it closes with one that has a value for a blank record. */
export class ExpressionEditorDialog extends Component {
    static template = "web.ExpressionEditorDialog";
    static components = { Dialog, ExpressionEditor };
    static props = { close: Function, expression: String, fields: Object, onConfirm: Function, resModel: String };

    setup() {
        const { expression } = this.props;
        this.state = useState({ expression });
        this.notification = useService("notification");
    }

    get expressionEditorProps() {
        const { fields, resModel } = this.props;
        const update = (expression) => {
            this.state.expression = expression;
        };
        return { expression: this.state.expression, fields, resModel, update };
    }

    /** Names that an expression may use, of a record without values. */
    makeDefaultRecord() {
        const names = Object.entries(this.props.fields).map(([name, { type }]) => [
            name,
            TO_MANY.includes(type) ? [] : false,
        ]);
        return { ...user.context, ...Object.fromEntries(names), uid: user.userId };
    }

    onConfirm() {
        try {
            evaluateExpr(this.state.expression, this.makeDefaultRecord());
        } catch {
            this.notification.add(_t("The expression is not valid: it has no value."), { type: "danger" });
            return;
        }
        this.props.onConfirm(this.state.expression);
        this.props.close();
    }
}
