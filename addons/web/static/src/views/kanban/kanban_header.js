import { Component, onWillUnmount, status } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { archivingQuestion } from "@web/views/questions";
import { ColumnProgress } from "@web/views/view_components/column_progress";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";

const configItems = registry.category("kanban_header_config_items");
/** Milliseconds until the tooltip of a title is shown. */
const TOOLTIP_DELAY = 400;

/** What the record of a column tells. */
export class KanbanHeaderTooltip extends Component {
    static template = "web.KanbanGroupTooltip";
    static props = { entries: Array, close: Function };
}

/** Classes of an entry of the menu: a text, or what a function of the column makes of it. */
function classText(given, params) {
    const classes = typeof given === "function" ? given(params) : given;
    return classes && typeof classes === "object"
        ? Object.keys(classes)
              .filter((name) => classes[name])
              .join(" ")
        : classes || "";
}

/** Head of a kanban column. */
export class KanbanHeader extends Component {
    static template = "web.KanbanHeader";
    static components = { ColumnProgress, Dropdown, DropdownItem };
    static props = [
        "activeActions",
        "archInfo?",
        "canQuickCreate",
        "group",
        "list",
        "deleteGroup?",
        "quickCreate?",
        "progressBarState?",
        "scrollTop?",
        "*",
    ];

    setup() {
        this.dialog = useService("dialog");
        this.orm = useService("orm");
        this.popover = usePopover(KanbanHeaderTooltip, { position: "bottom-start", setActiveElement: false });
        this.timer = null;
        this.tooltip = null;
        onWillUnmount(() => browser.clearTimeout(this.timer));
    }

    get group() {
        return this.props.group;
    }

    get title() {
        return this.group.displayName || _t("None");
    }

    /** What the bar shows, see `ProgressBarState`. */
    get progressBar() {
        return this.props.progressBarState?.getGroupInfo(this.group);
    }

    /** The number beside the bar. */
    get aggregate() {
        const { progressBarState } = this.props;
        const { sumField } = progressBarState.progressAttributes;
        return progressBarState.getAggregateValue(this.group, sumField);
    }

    onBarClicked(value) {
        return this.props.progressBarState.selectBar(this.group.id, { value });
    }

    // ------------------------------------------------------------------ title

    /** Labels and values of the record that the column stands for, where the arch asks for some. */
    async loadTooltip() {
        const { group, tooltipLabels } = this;
        const names = Object.keys(tooltipLabels);
        if (!names.length || !group.value) {
            return [];
        }
        this.tooltip ??= this.orm.read(group.groupByField.relation, [group.value], ["display_name", ...names], {
            context: this.props.list.context,
        });
        const [values] = await this.tooltip;
        const shown = names.filter((name) => values?.[name]);
        return shown.map((name) => ({ title: tooltipLabels[name], value: [].concat(values[name]).at(-1) }));
    }

    /** `{field: label}` of the field that makes the columns. */
    get tooltipLabels() {
        const { fieldNodes = {} } = this.props.archInfo || {};
        const { name } = this.group.groupByField;
        const node = Object.values(fieldNodes).find((info) => info.name === name && info.options?.group_by_tooltip);
        return node ? node.options.group_by_tooltip : {};
    }

    onTitleMouseEnter({ currentTarget: target }) {
        this.onTitleMouseLeave();
        this.timer = browser.setTimeout(async () => {
            const entries = await this.loadTooltip();
            if (entries.length && status(this) === "mounted") {
                this.popover.open(target, { entries });
            }
        }, TOOLTIP_DELAY);
    }

    onTitleMouseLeave() {
        browser.clearTimeout(this.timer);
        this.popover.close();
    }

    // ------------------------------------------------------------------ menu

    get isLinkedToRecord() {
        return this.group.groupByField.type === "many2one" && Boolean(this.group.value);
    }

    get canEditGroup() {
        return this.props.activeActions.editGroup && this.isLinkedToRecord;
    }

    get canDeleteGroup() {
        return this.props.activeActions.deleteGroup && this.isLinkedToRecord;
    }

    get canArchiveGroup() {
        const { activeActions, list } = this.props;
        const active = list.fields.active || list.fields.x_active;
        return Boolean(activeActions.archiveGroup && active && !active.readonly && this.group.count);
    }

    get permissions() {
        const { canArchiveGroup, canDeleteGroup, canEditGroup, props } = this;
        return { canArchiveGroup, canDeleteGroup, canEditGroup, canQuickCreate: props.canQuickCreate };
    }

    /** Entries of the menu; addons add some to the registry. */
    get configItems() {
        const { permissions, props } = this;
        const isVisible = (item) =>
            typeof item.isVisible === "function" ? item.isVisible({ permissions, props }) : (item.isVisible ?? true);
        return configItems
            .getEntries()
            .filter(([, item]) => isVisible(item))
            .map(([key, item]) => ({ key, ...item, class: classText(item.class, { permissions, props }) }));
    }

    toggleGroup() {
        return this.group.toggle();
    }

    archiveGroup() {
        this.dialog.add(
            ConfirmationDialog,
            archivingQuestion(() => this.setArchived(true), true)
        );
    }

    unarchiveGroup() {
        return this.setArchived(false);
    }

    /** All records of the column are concerned, whether they are shown or not. */
    async setArchived(isArchived) {
        const { list } = this.props;
        const { context, model, resModel } = list;
        const domain = this.group.groupDomain;
        const options = { context: { ...context, active_test: isArchived }, limit: model.activeIdsLimit };
        const ids = await model.orm.search(resModel, domain, options);
        await list._setArchived(ids, isArchived, () => model.load());
    }

    editGroup() {
        this.dialog.add(FormViewDialog, {
            resModel: this.group.groupByField.relation,
            resId: this.group.value,
            title: _t("Edit: %s", this.title),
            onRecordSaved: () => this.props.list.model.load(),
        });
    }

    deleteGroup() {
        this.dialog.add(ConfirmationDialog, {
            body: _t("Do you want to delete this column?"),
            confirm: () => this.props.list.deleteGroups([this.group]),
            confirmLabel: _t("Delete"),
            confirmClass: "btn-danger",
            cancel: () => {},
        });
    }
}

configItems
    .add("toggle_group", { label: _t("Fold"), method: "toggleGroup", class: "o_kanban_toggle_fold" }, { sequence: 10 })
    .add(
        "edit_group",
        {
            label: _t("Edit"),
            method: "editGroup",
            isVisible: ({ permissions }) => permissions.canEditGroup,
            class: "o_column_edit",
        },
        { sequence: 20 }
    )
    .add(
        "delete_group",
        {
            label: _t("Delete"),
            method: "deleteGroup",
            isVisible: ({ permissions }) => permissions.canDeleteGroup,
            class: "o_column_delete",
        },
        { sequence: 30 }
    )
    .add(
        "archive_group",
        {
            label: _t("Archive All"),
            method: "archiveGroup",
            isVisible: ({ permissions }) => permissions.canArchiveGroup,
            class: "o_column_archive_records",
        },
        { sequence: 40 }
    )
    .add(
        "unarchive_group",
        {
            label: _t("Unarchive All"),
            method: "unarchiveGroup",
            isVisible: ({ permissions }) => permissions.canArchiveGroup,
            class: "o_column_unarchive_records",
        },
        { sequence: 50 }
    );
