import { useState } from "@odoo/owl";
import { deletionQuestion } from "@web/views/questions";
import { useProgressBar } from "@web/views/kanban/progress_bar_hook";
import { RecordListController } from "@web/views/records_controller";

const DEFAULT_LIMIT = 40;
const QUICK_CREATE_GROUP_TYPES = ["char", "boolean", "many2one", "selection", "many2many"];

/** A kanban view: buttons, pager and cards. */
export class KanbanController extends RecordListController {
    static template = "web.KanbanView";
    static props = {
        ...RecordListController.props,
        defaultGroupBy: { optional: true },
        forceGlobalClick: { type: Boolean, optional: true },
        Compiler: { optional: true },
        "*": true,
    };
    static defaultProps = { ...RecordListController.defaultProps, forceGlobalClick: false };

    setup() {
        super.setup();
        this.dialog = this.dialogService;
        this.quickCreateState = useState({ groupId: false });
        const { progressAttributes } = this.archInfo;
        this.progressBarState = progressAttributes
            ? useProgressBar(
                  progressAttributes,
                  this.model,
                  this.progressBarAggregateFields,
                  this.props.state?.activeBars
              )
            : null;
    }

    get modelParams() {
        const params = super.modelParams;
        params.config.openGroupsByDefault = true;
        params.limit ||= DEFAULT_LIMIT;
        return { ...params, defaultGroupBy: this.props.defaultGroupBy || [], maxGroupByDepth: 1 };
    }

    /** The colour of cards, and what the bars of columns count. */
    get fieldDependencies() {
        const { cardColorField, progressAttributes: progress } = this.archInfo;
        const names = [cardColorField, progress?.fieldName, progress?.sumField?.name].filter(Boolean);
        return names.map((name) => ({
            name,
            type: this.props.fields[name]?.type,
            readonly: name !== cardColorField,
        }));
    }

    get actionCallbacks() {
        const { getLocalState } = super.actionCallbacks;
        return {
            ...super.actionCallbacks,
            getLocalState: () => ({ ...getLocalState(), activeBars: this.progressBarState?.activeBars }),
        };
    }

    /** Fields that are summed up beside the bars of columns. */
    get progressBarAggregateFields() {
        const { sumField } = this.archInfo.progressAttributes;
        return sumField ? [sumField] : [];
    }

    /** Records need a column where columns can be made. */
    get canCreate() {
        const { root } = this.model;
        const needsColumn = root.isGrouped && root.groupByField.type === "many2one" && !root.groups.length;
        return this.offersCreation && !(needsColumn && this.activeActions.createGroup);
    }

    get canQuickCreate() {
        const { isGrouped, groupByField } = this.model.root;
        return this.activeActions.quickCreate && isGrouped && this.isQuickCreateField(groupByField);
    }

    isQuickCreateField(field) {
        return QUICK_CREATE_GROUP_TYPES.includes(field.type);
    }

    get rendererProps() {
        const { Compiler, forceGlobalClick, info } = this.props;
        return {
            archInfo: this.archInfo,
            canQuickCreate: this.canQuickCreate,
            Compiler,
            deleteRecord: (record) => this.deleteRecord(record),
            forceGlobalClick,
            list: this.model.root,
            noContentHelp: info.noContentHelp,
            openRecord: (record) => this.openRecord(record),
            progressBarState: this.progressBarState,
            quickCreateState: this.quickCreateState,
            readonly: !this.activeActions.edit,
        };
    }

    pagerProps() {
        return this.model.root.isGrouped || this.model.useSampleModel ? undefined : super.pagerProps();
    }

    /** Delete a card, once the user agreed. */
    deleteRecord(record) {
        this.ask(deletionQuestion(() => this.confirmDeletion(record)));
    }

    async confirmDeletion(record) {
        const { root } = this.model;
        const group = root.isGrouped && root.groups.find(({ records }) => records.includes(record));
        await root.deleteRecords([record]);
        if (group) {
            await this.progressBarState?.refresh(group);
        }
    }

    /** Create in the way that `on_create` of the arch names: in a column, by an action, or in a form. */
    async createRecord() {
        await this.model.leaveSampleMode();
        const { onCreate } = this.archInfo;
        const { root } = this.model;
        if (onCreate && onCreate !== "quick_create") {
            const options = { additionalContext: root.context, onClose: () => this.model.load() };
            await this.actionService.doAction(onCreate, options);
        } else if (onCreate && root.isGrouped && root.groups.length) {
            await this.createInColumn(root.groups.find(({ isFolded }) => !isFolded) || root.groups[0]);
        } else {
            await super.createRecord();
        }
    }

    async createInColumn(group) {
        if (group.isFolded) {
            await group.toggle();
        }
        this.quickCreateState.groupId = group.id;
    }
}
