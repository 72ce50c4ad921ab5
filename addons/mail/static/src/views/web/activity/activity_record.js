import { Component } from "@odoo/owl";
import { ActivityCompiler } from "@mail/views/web/activity/activity_compiler";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { Field } from "@web/views/fields/field";
import { getFormattedRecord, getImageSrcFromRecordInfo, isHtmlEmpty } from "@web/views/kanban/kanban_record";
import { getFormattedValue } from "@web/views/utils";
import { useViewCompiler } from "@web/views/view_compiler";
import { Widget } from "@web/views/widgets/widget";

const formatters = registry.category("formatters");

/** A record at the head of its row. */
export class ActivityRecord extends Component {
    static template = "mail.ActivityRecord";
    static components = { Field, Widget };
    static props = { archInfo: Object, openRecord: Function, record: Object };

    setup() {
        // compiled templates evaluate modifiers by it
        this.evaluateBooleanExpr = evaluateBooleanExpr;
        this.templates = useViewCompiler(ActivityCompiler, this.props.archInfo.templateDocs);
    }

    get __comp__() {
        return this;
    }

    getFormattedValue(fieldId) {
        const { archInfo, record } = this.props;
        const info = archInfo.fieldNodes[fieldId];
        return getFormattedValue(record, info.name, info, formatters);
    }

    /** Names that the template of the box may use. */
    get renderingContext() {
        const { record } = this.props;
        return {
            __comp__: this,
            activity_image: getImageSrcFromRecordInfo.bind(null, record),
            context: record.context,
            env: this.env,
            isHtmlEmpty,
            luxon,
            record: getFormattedRecord(record),
            user_context: user.context,
            widget: { isHtmlEmpty },
        };
    }
}
