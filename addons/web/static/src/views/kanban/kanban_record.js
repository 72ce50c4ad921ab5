import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { ColorList } from "@web/core/colorlist/colorlist";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { isHtmlEmpty } from "@web/core/utils/html";
import { fileTypeMagicWordMap, isBinarySize } from "@web/core/utils/files";
import { imageUrl } from "@web/core/utils/urls";
import { Field } from "@web/views/fields/field";
import { getFormattedValue, openActionParams } from "@web/views/utils";
import { LaterCoverImageDialog } from "@web/views/later_dialogs";
import { KanbanCompiler } from "@web/views/kanban/kanban_compiler";
import { useViewCompiler } from "@web/views/view_compiler";
import { ViewButton } from "@web/views/view_button/view_button";
import { Widget } from "@web/views/widgets/widget";

export { isHtmlEmpty };

const formatters = registry.category("formatters");
export const CANCEL_GLOBAL_CLICK =
    "a, button, .dropdown, .oe_kanban_action, input, select, textarea, .o_field_widget [role='radio']";

/** Number of a card's colour. */
export function getColorIndex(value) {
    if (typeof value === "number") {
        return Math.round(value) % 12;
    }
    if (typeof value === "string") {
        return [...value].reduce((total, char) => total + char.charCodeAt(0), 0) % 12;
    }
    return 0;
}

/** Values of a record as card templates read them: `record.field.value` and `.raw_value`. */
export function getFormattedRecord(record) {
    const formatted = { id: { value: record.resId, raw_value: record.resId } };
    for (const name of record.fieldNames) {
        const raw = getRawValue(record, name);
        formatted[name] = {
            raw_value: raw,
            get value() {
                return getFormattedValue(record, name, undefined, formatters);
            },
        };
    }
    return formatted;
}

/** Value of a field as card templates compute with it. */
export function getRawValue(record, name) {
    const value = record.data[name];
    switch (record.fields[name].type) {
        case "one2many":
        case "many2many":
            return value.count ? value.currentIds : [];
        case "many2one":
            return value ? value[0] : false;
        case "reference":
            return value ? `${value.resModel},${value.resId}` : false;
        case "date":
        case "datetime":
            return value ? value.toISO() : value;
    }
    return value;
}

/**
 * Address of the picture in a field: of the card's own record, where an unsaved one is shown by its content, or of a
 * related one.
 *
 * @param {Object} record of the card
 * @param {string} model
 * @param {string} field
 * @param {number|number[]|false} idOrIds
 * @param {string|boolean} [placeholder] shown where there is no picture; an address, or true for a grey one
 * @returns {string}
 */
export function getImageSrcFromRecordInfo(record, model, field, idOrIds, placeholder) {
    const id = [idOrIds].flat()[0] || null;
    const content = record.data[field];
    const isOwn = model === record.resModel && id === (record.resId || null);
    if (isOwn && content && !isBinarySize(content)) {
        return `data:image/${fileTypeMagicWordMap(content)};base64,${content}`;
    }
    const isMissing = [model, field, id, content].some((part) => !part);
    if (isMissing && placeholder) {
        return placeholder === true ? "/web/static/img/placeholder.png" : placeholder;
    }
    return imageUrl(model, id, field, isOwn ? { unique: record.data.write_date?.ts } : {});
}

/** One card. */
export class KanbanRecord extends Component {
    static template = "web.KanbanRecord";
    static components = { Dropdown, DropdownItem, Field, KanbanRecord, ColorList, ViewButton, Widget };
    static defaultProps = {
        colors: Array.from({ length: 12 }, (_, index) => index),
        deleteRecord: () => {},
        archiveRecord: () => {},
        openRecord: () => {},
    };
    static props = [
        "archInfo",
        "canResequence?",
        "colors?",
        "Compiler?",
        "forceGlobalClick?",
        "group?",
        "groupByField?",
        "deleteRecord?",
        "archiveRecord?",
        "list",
        "openRecord?",
        "readonly?",
        "record",
        "progressBarState?",
        "templates?",
        "*",
    ];
    static Compiler = KanbanCompiler;
    static KANBAN_CARD_ATTRIBUTE = "card";
    static KANBAN_MENU_ATTRIBUTE = "menu";
    static menuTemplate = "web.KanbanRecordMenu";

    setup() {
        const { archInfo } = this.props;
        const ownClass = /** @type {typeof KanbanRecord} */ (this.constructor);
        this.templates = useViewCompiler(this.props.Compiler || ownClass.Compiler, archInfo.templateDocs);
        this.showMenu = Boolean(archInfo.templateDocs.menu);
        // compiled templates evaluate modifiers by it
        this.evaluateBooleanExpr = evaluateBooleanExpr;
        this.notification = useService("notification");
        this.dialog = useService("dialog");
        this.action = useService("action");
        this.dataState = useState({ record: {}, widget: {} });
        this.createWidget(this.props);
        onWillUpdateProps((nextProps) => this.createWidget(nextProps));
    }

    get __comp__() {
        return this;
    }

    get record() {
        return getFormattedRecord(this.props.record);
    }

    createWidget(props) {
        const { archInfo } = props;
        const { activeActions } = archInfo;
        this.dataState.widget = {
            deletable: activeActions.delete && !props.readonly,
            editable: activeActions.edit && !props.readonly,
            isHtmlEmpty,
        };
    }

    get renderingContext() {
        const { record } = this.props;
        return {
            context: record.context,
            JSON,
            luxon,
            record: getFormattedRecord(record),
            read_only_mode: this.props.readonly,
            selection_mode: this.props.forceGlobalClick,
            user_context: user.context,
            widget: this.dataState.widget,
            isHtmlEmpty,
            kanban_color: (value) => `oe_kanban_color_${getColorIndex(value)}`,
            kanban_getcolor: getColorIndex,
            kanban_image: getImageSrcFromRecordInfo.bind(null, record),
            __comp__: this,
            env: this.env,
        };
    }

    getFormattedValue(fieldId) {
        const { archInfo, record } = this.props;
        const info = archInfo.fieldNodes[fieldId];
        return getFormattedValue(record, info.name, info, formatters);
    }

    getRecordClasses() {
        const { archInfo, canResequence, forceGlobalClick, progressBarState, record } = this.props;
        const classes = ["o_kanban_record d-flex"];
        if (canResequence) {
            classes.push("o_draggable");
        }
        if (forceGlobalClick || archInfo.canOpenRecords) {
            classes.push("cursor-pointer");
        }
        if (archInfo.cardColorField) {
            classes.push(`o_kanban_color_${getColorIndex(record.data[archInfo.cardColorField])}`);
        }
        const barColor = progressBarState?.colorOf(record);
        if (barColor) {
            classes.push(`oe_kanban_card_${barColor}`);
        }
        const own = archInfo.templateDocs.card.getAttribute("class");
        if (own) {
            classes.push(own);
        }
        return classes.join(" ");
    }

    /** A click anywhere on the card opens the record, unless it was meant for something on the card. */
    onGlobalClick(ev) {
        const { archInfo, forceGlobalClick, openRecord, record } = this.props;
        const openAction = forceGlobalClick ? null : archInfo.openAction;
        if (ev.target.closest(CANCEL_GLOBAL_CLICK)) {
            return;
        }
        if (openAction) {
            this.action.doActionButton(openActionParams(openAction, record));
        } else if (archInfo.canOpenRecords || forceGlobalClick) {
            openRecord(record);
        }
    }

    /** Choose the picture of the card, where a field shows one. */
    setCover({ autoOpen = false, fieldName }) {
        const { archInfo, record } = this.props;
        const { relation, type } = record.fields[fieldName] || {};
        const isShown = Object.values(archInfo.fieldNodes).some(
            ({ name, widget }) => name === fieldName && widget === "attachment_image"
        );
        if (type === "many2one" && relation === "ir.attachment" && isShown) {
            this.dialog.add(LaterCoverImageDialog, { autoOpen, fieldName, record });
        } else {
            const message = _t("The field %s shows no picture that could be the cover of a card.", fieldName);
            this.notification.add(message, { type: "danger" });
        }
    }

    triggerAction(params) {
        const { openRecord, deleteRecord, record, archiveRecord } = this.props;
        switch (params.type) {
            case "edit":
                return openRecord(record, "edit");
            case "open":
                return openRecord(record);
            case "archive":
                return archiveRecord(record, true);
            case "unarchive":
                return archiveRecord(record, false);
            case "delete":
                return deleteRecord(record);
            case "set_cover":
                return this.setCover(params);
            default:
                throw new Error(`Cards have no action of type "${params.type}"`);
        }
    }
}
