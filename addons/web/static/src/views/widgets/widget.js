import { Component, xml } from "@odoo/owl";
import { evaluateBooleanExpr, evaluateExpr } from "@web/core/py_js/py";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { usePartErrors } from "@web/views/part_errors";

const viewWidgetRegistry = registry.category("view_widgets");

/** A `<widget name="..."/>` of a view. */
export class Widget extends Component {
    static template = xml`
        <div t-if="failure.error" class="o_widget o_field_failed text-danger" role="alert" t-att-title="failedLabel"><i class="fa fa-exclamation-triangle" role="img" t-att-aria-label="failedLabel"/></div>
        <div t-elif="widget" t-att-class="classNames" t-att-style="props.style"><t t-component="widget.component" t-props="widgetProps"/></div>`;
    static props = ["*"];

    static parseWidgetNode(node) {
        const name = node.getAttribute("name");
        const widget = viewWidgetRegistry.get(name, null);
        const widgetInfo = { name, widget, options: {}, attrs: {} };
        for (const { name: attr, value } of node.attributes) {
            if (attr === "options") {
                widgetInfo.options = evaluateExpr(value);
            } else if (
                attr === "invisible" ||
                attr === "readonly" ||
                attr === "required" ||
                attr === "column_invisible"
            ) {
                widgetInfo[attr] = value;
            } else {
                widgetInfo.attrs[attr] = value;
            }
        }
        const dependencies = widget?.fieldDependencies;
        widgetInfo.fieldDependencies =
            typeof dependencies === "function" ? dependencies(widgetInfo) : dependencies || [];
        return widgetInfo;
    }

    setup() {
        this.widget = this.props.widgetInfo?.widget || viewWidgetRegistry.get(this.props.name, null);
        this.failure = usePartErrors(({ name, record, widgetInfo }) => ({
            node: widgetInfo,
            description: _t('The widget "%(name)s" (of %(model)s)', { name, model: record.resModel }).toString(),
        }));
    }

    get failedLabel() {
        return _t("Cannot be shown: %s", this.failure.error.message).toString();
    }

    get classNames() {
        const { className, name } = this.props;
        const classes = ["o_widget", `o_widget_${name}`, className, ...(this.widget.additionalClasses || [])];
        return classes.filter(Boolean).join(" ");
    }

    get widgetProps() {
        const { record, node, widgetInfo, name: _name, className: _class, style: _style, ...others } = this.props;
        const readonly = widgetInfo?.readonly
            ? evaluateBooleanExpr(widgetInfo.readonly, record.evalContextWithVirtualIds)
            : false;
        const extracted =
            this.widget.extractProps && widgetInfo ? this.widget.extractProps(widgetInfo, { readonly }) : {};
        return { record, readonly: !record.isInEdition || readonly, ...extracted, ...others };
    }
}
