import { Component, useRef, useState } from "@odoo/owl";
import { CheckBox } from "@web/core/checkbox/checkbox";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { ActionHelper } from "@web/views/action_helper";
import { KanbanColumnQuickCreate } from "@web/views/kanban/kanban_column_quick_create";
import { KanbanHeader } from "@web/views/kanban/kanban_header";
import { KanbanRecord } from "@web/views/kanban/kanban_record";
import { KanbanRecordQuickCreate } from "@web/views/kanban/kanban_record_quick_create";
import { useKanbanSortable } from "@web/views/kanban/kanban_sortable";

/** Types of fields whose columns cards can be moved between. */
const MOVABLE_TYPES = ["char", "boolean", "integer", "selection", "many2one"];

/** The nearest card on a side of another one, as they are on screen. */
function cardBeside(card, cards, direction) {
    const isVertical = ["Up", "Down"].includes(direction);
    const step = ["Down", "Right"].includes(direction) ? 1 : -1;
    const middle = (el) => {
        const { height, left, top, width } = el.getBoundingClientRect();
        return isVertical ? [top, left + width / 2] : [left, top + height / 2];
    };
    const [place, across] = middle(card);
    const candidates = cards
        .map((el) => ({ el, spot: middle(el) }))
        .filter(({ spot }) => (spot[0] - place) * step > 1)
        // what lies in the same line comes before what is only near
        .map(({ el, spot }) => ({ el, far: Math.abs(spot[0] - place) + 4 * Math.abs(spot[1] - across) }));
    const nearest = candidates.reduce((best, one) => (!best || one.far < best.far ? one : best), null);
    return nearest?.el;
}

/** Cards, in columns when grouped. */
export class KanbanRenderer extends Component {
    static template = "web.KanbanRenderer";
    static components = {
        ActionHelper,
        CheckBox,
        KanbanColumnQuickCreate,
        KanbanHeader,
        KanbanRecord,
        KanbanRecordQuickCreate,
    };
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
        /** Whether the way to a new column is only a button; without any column it is open. */
        this.state = useState({ columnQuickCreateIsFolded: this.hasColumns });
        this.exampleData = registry.category("kanban_examples").get(this.props.archInfo.examples, null);
        useBus(this.props.list.model.bus, "update", () => this.render());
        useKanbanSortable(this);
        if (this.env.searchModel && "canQuickCreate" in this.props) {
            useBus(this.env.searchModel, "focus-view", () => this.focusFirstCard());
        }
    }

    get canUseSortable() {
        return !this.env.isSmall;
    }

    get hasColumns() {
        const { list } = this.props;
        return !list.isGrouped || list.groups.length > 0;
    }

    /** Columns that are drawn where there is none yet, for the idea of it. */
    get ghostColumns() {
        const { ghostColumns = [] } = this.exampleData || {};
        return ghostColumns.length
            ? ghostColumns
            : [1, 2, 3].map((number) => ({ name: _t("Column %s", number).toString() }));
    }

    get canResequenceRecords() {
        const { archInfo, list, readonly } = this.props;
        return archInfo.recordsDraggable && !readonly && !list.isGrouped && list.canResequence();
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
        return this.isMovableField(list.groupByField);
    }

    /** Whether cards can be moved to columns of other values: the field takes them, here as well. */
    isMovableField(field) {
        const nodes = Object.values(this.props.archInfo.fieldNodes).filter(({ name }) => name === field.name);
        const isReadonly = nodes.some(({ readonly }) => ["1", "True"].includes(readonly));
        return !field.readonly && !isReadonly && MOVABLE_TYPES.includes(field.type);
    }

    get showNoContentHelper() {
        const { list } = this.props;
        if (this.props.addLabel || !("noContentHelp" in this.props)) {
            return false;
        }
        const isEmpty = list.isGrouped ? !list.groups.length && !this.canCreateGroup : !list.hasData;
        return this.isSample || isEmpty;
    }

    /** Whether the cards are made up, as there are none. */
    get isSample() {
        return Boolean(this.props.list.model.useSampleModel);
    }

    get groups() {
        return this.getGroupsOrRecords().map(({ group }) => group);
    }

    /** What is shown: columns, the one of no value first, or cards. @returns {{group?: Object, record?: Object, key: any}[]} */
    getGroupsOrRecords() {
        const { list } = this.props;
        if (!list.isGrouped) {
            return list.records.map((record) => ({ record, key: record.id }));
        }
        const isNamed = ({ value }) => Number(Boolean(value));
        const byField = list.groupByField.type === "many2one";
        const groups = byField
            ? [...list.groups].sort((first, second) => isNamed(first) - isNamed(second))
            : list.groups;
        return groups.map((group) => ({ group, key: group.id }));
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
            o_group_draggable: this.canResequenceGroups && Boolean(group.value),
        };
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

    get cards() {
        return [...this.rootRef.el.querySelectorAll(".o_kanban_record:not(.o_kanban_ghost)")];
    }

    focusFirstCard() {
        this.cards[0]?.focus();
    }

    /** Arrows go from card to card; above the first ones is the search bar. */
    onKeydown(ev) {
        const direction = /^Arrow(Up|Down|Left|Right)$/.exec(ev.key)?.[1];
        if (!direction || !ev.target.matches(".o_kanban_record")) {
            return;
        }
        const next = cardBeside(ev.target, this.cards, direction);
        if (next) {
            ev.preventDefault();
            next.focus();
        } else if (direction === "Up" && this.env.searchModel) {
            ev.preventDefault();
            this.env.searchModel.trigger("focus-search");
        }
    }

    archiveRecord(record, active) {
        return active ? record.archive() : record.unarchive();
    }

    async loadMore(group) {
        const limit = group.list.limit + group.model.initialLimit;
        await group.model.mutex.exec(() => group.model._loadGroupList(group, { limit }));
        this.render();
    }

    async validateQuickCreate(recordId, mode, group) {
        this.props.quickCreateState.groupId = mode === "add" ? group.id : false;
        const record = await group.addExistingRecord(recordId, true);
        await this.props.progressBarState?.refresh(group);
        if (mode === "edit") {
            await this.props.openRecord(record);
        }
        this.render();
    }

    quickCreate(group) {
        this.props.quickCreateState.groupId = group.id;
        this.render();
    }

    /** Make a column, folded by a field of its record where one is named. */
    async addColumn(name, foldField) {
        await this.props.list.createGroup(name, foldField);
    }

    /** Take a card or a column to where it was dropped; what is on the page was moved by hand, so all is read anew. */
    async sortRecordDrop(dataRecordId, dataGroupId, { refId, targetGroupId }) {
        const { list } = this.props;
        try {
            await list.moveRecord(dataRecordId, dataGroupId, refId, targetGroupId);
        } finally {
            await list.model.load();
        }
    }

    async sortGroupDrop(dataGroupId, { refId }) {
        const { list } = this.props;
        try {
            await list.resequence(dataGroupId, refId);
        } finally {
            await list.model.load();
        }
    }
}
