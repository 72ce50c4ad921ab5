import { Component, onWillStart, onWillUpdateProps, useRef, useState } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { useBus, useService } from "@web/core/utils/hooks";
import { ActionHelper } from "@web/views/action_helper";
import { KanbanHeader } from "@web/views/kanban/kanban_header";
import { KanbanRecord } from "@web/views/kanban/kanban_record";
import { KanbanQuickCreate } from "@web/views/kanban/kanban_quick_create";
import { useKanbanSortable } from "@web/views/kanban/kanban_sortable";

/** Cards, in columns when grouped. */
export class KanbanRenderer extends Component {
    static template = "web.KanbanRenderer";
    static components = { ActionHelper, CheckBox, KanbanRecord, KanbanHeader, KanbanQuickCreate };
    static props = [
        "archInfo",
        "Compiler?",
        "list",
        "deleteRecord?",
        "archiveRecord?",
        "openRecord",
        "readonly",
        "forceGlobalClick?",
        "noContentHelp?",
        "scrollTop?",
        "canQuickCreate?",
        "quickCreateState?",
        "progressBarState?",
        "addLabel?",
        "onAdd?",
        "*",
    ];
    static defaultProps = { scrollTop: () => {}, quickCreateState: { groupId: false } };

    setup() {
        this.dialog = useService("dialog");
        this.orm = useService("orm");
        this.rootRef = useRef("root");
        this.state = useState({ counts: {}, newColumn: false });
        useBus(this.props.list.model.bus, "update", () => this.render());
        useKanbanSortable(this);
        onWillStart(() => this.loadProgress(this.props));
        onWillUpdateProps((nextProps) => this.loadProgress(nextProps));
    }

    get canUseSortable() {
        return !this.env.isSmall;
    }

    get canResequenceGroups() {
        const { list, archInfo } = this.props;
        return (
            list.isGrouped && archInfo.groupsDraggable && list.groupByField.type === "many2one" && !this.props.readonly
        );
    }

    get canMoveRecords() {
        const { list, archInfo } = this.props;
        if (!archInfo.recordsDraggable || this.props.readonly) {
            return false;
        }
        if (!list.isGrouped) {
            return list.canResequence();
        }
        const { groupByField } = list;
        return !groupByField.readonly && ["many2one", "selection", "boolean", "char"].includes(groupByField.type);
    }

    get showNoContentHelper() {
        const { list } = this.props;
        if (this.props.addLabel || !("noContentHelp" in this.props)) {
            return false;
        }
        return list.isGrouped ? !list.groups.length : !list.hasData;
    }

    get groups() {
        return this.props.list.groups;
    }

    get canCreateGroup() {
        const { activeActions } = this.props.archInfo;
        return (
            activeActions.createGroup &&
            this.props.list.isGrouped &&
            this.props.list.groupByField.type === "many2one" &&
            !this.props.readonly
        );
    }

    getGroupClasses(group) {
        return {
            o_column_folded: group.isFolded,
            o_kanban_no_records: !group.count,
            o_group_draggable: this.canResequenceGroups,
        };
    }

    async loadProgress(props) {
        const { archInfo, list } = props;
        if (!archInfo.progressAttributes || !list.isGrouped) {
            return;
        }
        const { fieldName, colors } = archInfo.progressAttributes;
        this.state.counts = await this.orm.call(list.resModel, "read_progress_bar", [], {
            domain: list.domain,
            group_by: list.groupBy[0],
            progress_bar: { field: fieldName, colors },
            context: list.context,
        });
    }

    countsOf(group) {
        const { list } = this.props;
        const raw = group.rawGroup[list.groupBy[0]];
        const key = Array.isArray(raw) ? raw[0] : raw;
        const name = typeof key === "boolean" ? (key ? "True" : "False") : key;
        return this.state.counts[name] || (Array.isArray(raw) && this.state.counts[raw[1]]) || {};
    }

    deleteRecord(record) {
        if (this.props.deleteRecord) {
            return this.props.deleteRecord(record);
        }
        this.dialog.add(ConfirmationDialog, {
            title: _t("Delete"),
            body: _t("This record will be deleted for good. Do you want to go on?"),
            confirm: () => this.props.list.deleteRecords([record]),
            confirmLabel: _t("Delete"),
            confirmClass: "btn-danger",
            cancel: () => {},
        });
    }

    archiveRecord(record, active) {
        return active ? record.archive() : record.unarchive();
    }

    async loadMore(group) {
        await group.model.mutex.exec(() => group.model._loadGroupList(group, { limit: group.list.limit + 80 }));
        this.render();
    }

    async validateQuickCreate(recordId, mode, group) {
        this.props.quickCreateState.groupId = mode === "add" ? group.id : false;
        const record = await group.addExistingRecord(recordId, true);
        if (mode === "edit") {
            await this.props.openRecord(record);
        }
        this.render();
    }

    quickCreate(group) {
        this.props.quickCreateState.groupId = group.id;
        this.render();
    }

    async addColumn(ev) {
        const name = ev.target.value.trim();
        this.state.newColumn = false;
        if (name) {
            await this.props.list.createGroup(name);
        }
    }
}
