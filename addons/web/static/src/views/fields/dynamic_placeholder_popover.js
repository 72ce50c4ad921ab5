import { Component, onWillStart, useState } from "@odoo/owl";
import { ModelFieldSelectorPopover } from "@web/core/model_field_selector/model_field_selector_popover";
import { RPCError } from "@web/core/network/rpc";
import { user } from "@web/core/user";
import { Cache } from "@web/core/utils/cache";
import { useAutofocus, useService } from "@web/core/utils/hooks";

const NO_SUCH_METHOD = "builtins.AttributeError";
const EDITORS = "mail.group_mail_template_editor";

/**
 * Expressions that whoever may not edit templates freely may use, by model; null where nothing is forbidden, because no
 * module is there that knows of it.
 */
const allowedExpressions = new Cache(
    async (resModel, orm) => {
        try {
            return await orm.call(resModel, "mail_allowed_qweb_expressions");
        } catch (error) {
            if (error instanceof RPCError && error.exceptionName === NO_SUCH_METHOD) {
                return null;
            }
            throw error;
        }
    },
    (resModel) => resModel
);

/** Choice of a field, then of the text that stands for it where it is empty. */
export class DynamicPlaceholderPopover extends Component {
    static template = "web.DynamicPlaceholderPopover";
    static components = { ModelFieldSelectorPopover };
    static props = { close: Function, resModel: String, validate: Function };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ path: "", isPathChosen: false, defaultValue: "" });
        useAutofocus({ refName: "default" });
        onWillStart(async () => {
            const [expressions, isEditor] = await Promise.all([
                allowedExpressions.read(this.props.resModel, this.orm),
                user.hasGroup(EDITORS),
            ]);
            this.expressions = isEditor ? null : expressions;
        });
    }

    /** Whether a field may be shown: its values are a text, and nothing forbids it. */
    filter(field, path) {
        const isAllowed = !this.expressions || this.expressions.includes(`object.${path}`) || Boolean(field.relation);
        return isAllowed && !["one2many", "boolean", "many2many", "binary", "properties"].includes(field.type);
    }

    choose(path) {
        this.state.path = path;
    }

    onPathClosed() {
        if (this.state.path) {
            this.state.isPathChosen = true;
        } else {
            this.props.close();
        }
    }

    /** Give the path, and the text for records without a value, to whoever opened this. */
    finish() {
        const { close, validate } = this.props;
        const { defaultValue, path } = this.state;
        validate(path, defaultValue.trim());
        close();
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.finish();
        }
    }
}
