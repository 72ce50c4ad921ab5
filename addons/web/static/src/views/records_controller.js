import { Component, useRef, useState, useSubEnv } from "@odoo/owl";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { sortBy } from "@web/core/utils/arrays";
import { useBus, useService } from "@web/core/utils/hooks";
import { useModel, useModelWithSampleData } from "@web/model/model";
import { addFieldDependencies, extractFieldsFromArchInfo } from "@web/model/relational_model/utils";
import { ActionMenus, STATIC_ACTIONS_GROUP_NUMBER } from "@web/search/action_menus/action_menus";
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

/** How the usual entries of action menus look; `_t` waits for the language, so they are made at each use. */
const MENU_LOOKS = {
    archive: () => ({ icon: "fa fa-archive", description: _t("Archive") }),
    delete: () => ({ icon: "fa fa-trash-o", description: _t("Delete"), class: "text-danger" }),
    duplicate: () => ({ icon: "fa fa-clone", description: _t("Duplicate") }),
    export: () => ({ icon: "fa fa-upload", description: _t("Export") }),
    unarchive: () => ({ icon: "fa fa-folder-open", description: _t("Unarchive") }),
};

/**
 * What the controllers of form, list and kanban views have in common: the model, buttons, action menus, the pager, and
 * what is done before the view is left. Subclasses write `modelParams`, `pagerProps` and the hooks that concern them.
 */
export class RecordsController extends Component {
    static components = { ActionMenus, CogMenu, Layout, ViewButton };
    /** @type {Object} */
    static props = {
        ...standardViewProps,
        Model: Function,
        Renderer: Function,
        archInfo: Object,
        buttonTemplate: String,
    };

    setup() {
        this.dialogService = useService("dialog");
        this.actionService = useService("action");
        this.rootRef = useRef("root");
        this.archInfo = this.props.archInfo;
        this.activeActions = this.archInfo.activeActions;
        /** @type {import("@web/model/relational_model/relational_model").RelationalModel} */
        this.model = useState(this.useModel());
        useSubEnv({ model: this.model });
        useViewButtons(this.rootRef, {
            afterExecuteAction: this.afterExecuteActionButton.bind(this),
            beforeExecuteAction: this.beforeExecuteActionButton.bind(this),
            reload: () => this.model.load(),
        });
        useSetupAction({ rootRef: this.rootRef, ...this.actionCallbacks });
        useBus(this.env.bus, "RECORDS:CHANGED", ({ detail }) => this.onRecordsChanged(detail));
        usePager(() => this.pagerProps());
    }

    /** @returns {any} the model of the view's class */
    useModel() {
        return useModel(this.props.Model, this.modelParams, { beforeFirstLoad: () => this.beforeFirstLoad() });
    }

    /** Something else than this view has changed records: read them again, unless the user is changing some of them. */
    async onRecordsChanged({ resModel }) {
        const { root } = this.model;
        const isBusy = root.dirty || root.editedRecord || !this.model.isReady;
        if (resModel === this.props.resModel && !isBusy && (root.resId !== false || !this.model.config.isMonoRecord)) {
            await this.model.load();
        }
    }

    /** What the model is made of. @returns {Object} see `RelationalModel.setup` */
    get modelParams() {
        return {};
    }

    /** What the page asks the view for when it is left, and what is kept of it; see `useSetupAction`. */
    get actionCallbacks() {
        return {};
    }

    /** Whether there is a button to create a record. @returns {boolean} */
    get offersCreation() {
        return false;
    }

    get className() {
        return this.props.className;
    }

    /** Position in what is shown, for `usePager`. @returns {Object|undefined} */
    pagerProps() {
        return undefined;
    }

    /** What the arch does not tell by itself is fetched here. */
    async beforeFirstLoad() {}

    /** Called with the parameters of the button and its record. @returns {Promise<boolean|void>} false: it does not act */
    async beforeExecuteActionButton() {}

    /** Called with the parameters of the button. */
    async afterExecuteActionButton() {}

    async createRecord() {
        await this.props.createRecord?.();
    }

    onClickCreate() {
        return executeButtonCallback(this.rootRef.el, () => this.createRecord());
    }

    /**
     * Fields that the arch shows, and those that something else of the view needs.
     *
     * @param {Object[]} dependencies descriptions of these, with `name` and `type`
     * @returns {{activeFields: Object, fields: Object}}
     */
    fieldsToRead(dependencies = []) {
        const use = extractFieldsFromArchInfo(this.archInfo, this.props.fields);
        addFieldDependencies(use.activeFields, use.fields, dependencies);
        return use;
    }

    // ------------------------------------------------------------------ action menus

    /** Entries of the action menu that the view itself gives, by key. */
    getStaticActionMenuItems() {
        return {};
    }

    /**
     * Entries that look the same in all views.
     *
     * @param {Object<string, Object>} deeds by their keys: `callback`, `isAvailable`, `sequence` and what differs
     * @returns {Object<string, Object>} the same with icon and label
     */
    standardMenuItems(deeds) {
        return Object.fromEntries(Object.entries(deeds).map(([key, deed]) => [key, { ...MENU_LOOKS[key](), ...deed }]));
    }

    /** Entries of the menus: the view's own that are available, then those of the server. */
    get actionMenuItems() {
        const { action = [], print = [] } = this.props.info.actionMenus || {};
        const own = Object.entries(this.getStaticActionMenuItems())
            .map(([key, item]) => ({ key, groupNumber: STATIC_ACTIONS_GROUP_NUMBER, sequence: 0, ...item }))
            .filter((item) => !item.isAvailable || item.isAvailable());
        return { action: [...sortBy(own, "sequence"), ...action], print };
    }

    /** What every action menu needs to know. */
    get menuProps() {
        const { context, domain } = this.props;
        return { context, domain, resModel: this.props.resModel, items: this.actionMenuItems };
    }

    /** @param {Object} props of a `ConfirmationDialog` */
    ask(props) {
        this.dialogService.add(ConfirmationDialog, props);
    }
}

/** What the controllers of list and kanban views have in common: records that a search finds. */
export class RecordListController extends RecordsController {
    static components = { ...RecordsController.components, MultiRecordViewButton, SearchBar };
    /** @type {Object} */
    static props = {
        ...RecordsController.props,
        editable: { type: Boolean, optional: true },
        onSelectionChanged: { type: Function, optional: true },
        showButtons: { type: Boolean, optional: true },
    };
    static defaultProps = { createRecord: () => {}, selectRecord: () => {}, showButtons: true };

    setup() {
        super.setup();
        this.searchBarToggler = useSearchBarToggler();
    }

    useModel() {
        return useModelWithSampleData(this.props.Model, this.modelParams);
    }

    /** @returns {Object} */
    get modelParams() {
        const { countLimit, defaultOrder, limit } = this.archInfo;
        const { resModel, state } = this.props;
        return {
            activeIdsLimit: session.active_ids_limit,
            config: { resModel, ...this.fieldsToRead(this.fieldDependencies) },
            countLimit,
            defaultOrderBy: defaultOrder,
            hooks: {},
            limit: limit || this.props.limit,
            state: state?.modelState || {},
        };
    }

    /** Fields that are read besides those that the arch shows. */
    get fieldDependencies() {
        return [];
    }

    get actionCallbacks() {
        return { getLocalState: () => ({ modelState: this.model.exportState() }) };
    }

    get offersCreation() {
        return this.activeActions.create && this.props.showButtons;
    }

    pagerProps() {
        const { root } = this.model;
        return {
            offset: root.offset,
            limit: root.limit,
            total: root.count,
            updateTotal: root.hasLimitedCount ? () => root.fetchCount() : undefined,
            onUpdate: this.showPage.bind(this),
        };
    }

    /** @param {{offset: number, limit: number}} page */
    async showPage({ offset, limit }) {
        await this.model.load({ offset, limit });
    }

    /** Go to a record, and tell which others there are beside it. */
    async openRecord(record, options = {}) {
        const activeIds = await this.model.root.getResIds();
        this.props.selectRecord(record.resId, { ...options, activeIds });
    }
}
