import { describeViewType } from "@web/views/lazy_views";
import { View } from "@web/views/view";
import { Controller } from "@web/webclient/actions/controllers";

const withoutNew = (resId) => (resId === "new" ? false : resId);

/**
 * A view of a window action.
 *
 * @typedef {{switchView: Function, closeDialog: Function, onStateChange: Function}} Host what its callbacks call
 */
export class ViewController extends Controller {
    /**
     * @param {Object} action
     * @param {string} viewType
     * @param {Object} given props that win over those that follow from the action
     * @param {Host} host
     */
    constructor(action, viewType, given, host) {
        super(action, {
            Component: View,
            displayName: action.display_name || action.name || "",
            view: describeViewType(viewType) || { type: viewType },
            views: action.views,
        });
        this.given = given;
        this.host = host;
        this.props = {
            ...this.actionProps(),
            ...this.callbacks(),
            ...given,
            ...(this.isForm ? this.formProps() : this.multiRecordProps()),
            display: this.display(),
        };
    }

    get isForm() {
        return this.view.type === "form";
    }

    get opensDialog() {
        return this.action.target === "new";
    }

    /** Whether it is shown without what surrounds views of the page. */
    get isApart() {
        return this.opensDialog || this.action.target === "inline";
    }

    actionProps() {
        const { context, domain, help, limit, res_model: resModel, target, views } = this.action;
        return {
            resModel,
            type: this.view.type,
            views,
            context,
            domain: domain || [],
            limit,
            noContentHelp: help || undefined,
            loadActionMenus: !this.isApart,
            loadIrFilters: target !== "inline" && views.some(([, type]) => !["form", "search"].includes(type)),
            noBreadcrumbs: context.no_breadcrumbs ?? this.opensDialog,
        };
    }

    /** Which parts of the layout are there. */
    display() {
        const { display = { mode: this.opensDialog ? "inDialog" : this.action.target } } = this.given;
        if (!this.isApart) {
            return display;
        }
        // inline, the panel of a form's own description gives way too
        return { ...display, controlPanel: this.opensDialog ? false : display.controlPanel, searchPanel: false };
    }

    callbacks() {
        const openForm = async (props, force) => {
            if (!this.opensDialog && (force || this.hasView("form"))) {
                if (!this.hasView("form")) {
                    this.action.views.push([false, "form"]);
                }
                await this.host.switchView("form", props);
            }
        };
        /** @param {number} resId @param {{activeIds?: number[], mode?: string, force?: boolean}} [options] */
        const selectRecord = (resId, { activeIds, mode, force } = {}) => {
            return openForm({ mode, resId, resIds: activeIds }, force);
        };
        return {
            selectRecord,
            createRecord: () => openForm({ resId: false }),
            updateActionState: (patch) => {
                Object.assign(this.currentState, patch);
                this.host.onStateChange(this);
            },
        };
    }

    multiRecordProps() {
        const { context, search_view_id: searchView } = this.action;
        const { groupBy = [].concat(context.group_by || []) } = this.given;
        const props = { groupBy, searchViewId: searchView?.[0] || false };
        return context.search_disable_custom_filters ? { ...props, activateFavorite: false } : props;
    }

    formProps() {
        const { flags, res_id: ownId } = this.action;
        const { given } = this;
        const resId = withoutNew("resId" in given ? given.resId : ownId || false);
        const props = { resId, resIds: given.resIds || (resId ? [resId] : []) };
        const mode = given.mode || flags?.mode;
        if (mode) {
            props.mode = mode;
        }
        if (this.opensDialog) {
            props.onSave = (record, params) => params?.closable && this.host.closeDialog({ resId: record.resId });
            props.onDiscard = () => this.host.closeDialog({ dismiss: true });
        }
        return props;
    }

    /** @returns {ViewController} another one that shows the same; a form the record that it came to */
    again() {
        const { resId } = this.currentState;
        const props = { ...this.given };
        if (this.isForm) {
            props.resIds = this.props.resIds;
            props.resId = resId ? withoutNew(resId) : this.props.resId;
        }
        return new ViewController(this.action, this.view.type, props, this.host);
    }
}
