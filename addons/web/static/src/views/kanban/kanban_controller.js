import { Component, useRef, useState } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { useModelWithSampleData } from "@web/model/model";
import { addFieldDependencies, extractFieldsFromArchInfo } from "@web/model/relational_model/utils";
import { CogMenu } from "@web/search/cog_menu/cog_menu";
import { Layout } from "@web/search/layout";
import { usePager } from "@web/search/pager_hook";
import { SearchBar } from "@web/search/search_bar/search_bar";
import { useSearchBarToggler } from "@web/search/search_bar/search_bar_toggler";
import { session } from "@web/session";
import { standardViewProps } from "@web/views/standard_view_props";
import { MultiRecordViewButton } from "@web/views/view_button/multi_record_view_button";
import { ViewButton } from "@web/views/view_button/view_button";
import { executeButtonCallback, useViewButtons } from "@web/views/view_button/view_button_hook";
import { useSetupAction } from "@web/views/view_hook";

/** A kanban view: buttons, pager and cards. */
export class KanbanController extends Component {
    static template = "web.KanbanView";
    static components = { Layout, ViewButton, MultiRecordViewButton, SearchBar, CogMenu };
    static props = {
        ...standardViewProps,
        defaultGroupBy: { optional: true },
        editable: { type: Boolean, optional: true },
        forceGlobalClick: { type: Boolean, optional: true },
        onSelectionChanged: { type: Function, optional: true },
        showButtons: { type: Boolean, optional: true },
        Compiler: { optional: true },
        Model: Function,
        Renderer: Function,
        buttonTemplate: String,
        archInfo: Object,
        "*": true,
    };
    static defaultProps = {
        createRecord: () => {},
        forceGlobalClick: false,
        selectRecord: () => {},
        showButtons: true,
    };

    setup() {
        this.actionService = useService("action");
        this.dialog = useService("dialog");
        this.rootRef = useRef("root");
        this.archInfo = this.props.archInfo;
        this.model = useState(useModelWithSampleData(this.props.Model, this.modelParams));
        this.quickCreateState = useState({ groupId: false });
        useViewButtons(this.rootRef, { beforeExecuteAction: () => true, reload: () => this.model.load() });
        useSetupAction({
            rootRef: this.rootRef,
            getLocalState: () => ({
                modelState: this.model.exportState(),
                scrollTop: this.rootRef.el?.querySelector(".o_content")?.scrollTop,
            }),
        });
        usePager(() => {
            const { root } = this.model;
            if (root.isGrouped) {
                return undefined;
            }
            const { count, hasLimitedCount, limit, offset } = root;
            return {
                offset,
                limit,
                total: count,
                onUpdate: ({ offset: newOffset, limit: newLimit }) =>
                    this.model.load({ offset: newOffset, limit: newLimit }),
                updateTotal: hasLimitedCount ? () => root.fetchCount() : undefined,
            };
        });
        useHotkey("alt+n", () => this.onClickCreate(), {
            bypassEditableProtection: true,
            isAvailable: () => this.canCreate,
        });
        this.searchBarToggler = useSearchBarToggler();
    }

    get modelParams() {
        const { activeFields, fields } = extractFieldsFromArchInfo(this.archInfo, this.props.fields);
        const { cardColorField, progressAttributes } = this.archInfo;
        const extra = [cardColorField, progressAttributes?.fieldName, progressAttributes?.sumField?.name].filter(
            Boolean
        );
        addFieldDependencies(
            activeFields,
            fields,
            extra.map((name) => ({ name, type: fields[name]?.type, readonly: name !== cardColorField }))
        );
        const state = this.props.state?.modelState || {};
        return {
            config: {
                resModel: this.props.resModel,
                fields,
                activeFields,
                openGroupsByDefault: true,
                groupBy: undefined,
            },
            state,
            limit: this.archInfo.limit || this.props.limit || 40,
            countLimit: this.archInfo.countLimit,
            defaultOrderBy: this.archInfo.defaultOrder,
            maxGroupByDepth: 1,
            defaultGroupBy: this.props.defaultGroupBy || [],
            activeIdsLimit: session.active_ids_limit,
            hooks: {},
        };
    }

    get className() {
        return this.props.className;
    }

    get activeActions() {
        return this.archInfo.activeActions;
    }

    get canCreate() {
        return this.activeActions.create && this.props.showButtons;
    }

    get canQuickCreate() {
        const { root } = this.model;
        return (
            this.activeActions.quickCreate &&
            root.isGrouped &&
            ["many2one", "selection", "char", "boolean"].includes(root.groupByField.type)
        );
    }

    get rendererProps() {
        return {
            archInfo: this.archInfo,
            Compiler: this.props.Compiler,
            list: this.model.root,
            deleteRecord: (record) => this.deleteRecord(record),
            openRecord: (record) => this.openRecord(record),
            forceGlobalClick: this.props.forceGlobalClick,
            readonly: !this.activeActions.edit,
            noContentHelp: this.props.info.noContentHelp,
            canQuickCreate: this.canQuickCreate,
            quickCreateState: this.quickCreateState,
        };
    }

    deleteRecord(record) {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Delete"),
            body: _t("This record will be deleted for good. Do you want to go on?"),
            confirmLabel: _t("Delete"),
            confirmClass: "btn-danger",
            confirm: async () => {
                await this.model.root.deleteRecords([record]);
            },
            cancel: () => {},
        });
    }

    async openRecord(record) {
        const activeIds = this.model.root.records.map((datapoint) => datapoint.resId);
        this.props.selectRecord(record.resId, { activeIds });
    }

    async createRecord() {
        const { onCreate } = this.archInfo;
        const { root } = this.model;
        if (onCreate === "quick_create" && root.isGrouped && root.groups.length) {
            const firstOpen = root.groups.find((group) => !group.isFolded) || root.groups[0];
            if (firstOpen.isFolded) {
                await firstOpen.toggle();
            }
            this.quickCreateState.groupId = firstOpen.id;
        } else if (onCreate && onCreate !== "quick_create") {
            await this.actionService.doAction(onCreate, {
                additionalContext: root.context,
                onClose: () => this.model.load(),
            });
        } else {
            await this.props.createRecord();
        }
    }

    onClickCreate() {
        return executeButtonCallback(this.rootRef.el, () => this.createRecord());
    }
}
