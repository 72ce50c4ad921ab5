import { Component, useRef, useState } from "@odoo/owl";
import { DateTime } from "luxon";
import { browser } from "@web/core/browser/browser";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { DateTimePicker } from "@web/core/datetime/datetime_picker";
import { getLocalWeekNumber, getStartOfLocalWeek } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useOwnedDialogs, useService } from "@web/core/utils/hooks";
import { pick } from "@web/core/utils/objects";
import { useModel } from "@web/model/model";
import { CogMenu } from "@web/search/cog_menu/cog_menu";
import { Layout } from "@web/search/layout";
import { SearchBar } from "@web/search/search_bar/search_bar";
import { useSearchBarToggler } from "@web/search/search_bar/search_bar_toggler";
import { CalendarFilterPanel } from "@web/views/calendar/filter_panel/calendar_filter_panel";
import { CalendarMobileFilterPanel } from "@web/views/calendar/mobile_filter_panel/calendar_mobile_filter_panel";
import { CalendarQuickCreate } from "@web/views/calendar/quick_create/calendar_quick_create";
import { deletionQuestion } from "@web/views/questions";
import { standardViewProps } from "@web/views/standard_view_props";
import { ViewScaleSelector } from "@web/views/view_components/view_scale_selector";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { useSetupAction } from "@web/views/view_hook";

export const SCALE_LABELS = {
    day: _t("Day"),
    week: _t("Week"),
    month: _t("Month"),
    year: _t("Year"),
};
const SCALE_ENTRIES = Object.fromEntries(
    Object.entries(SCALE_LABELS).map(([name, description]) => [name, { description }])
);
/** What of the state the browser keeps, where and under which name. */
const KEPT = {
    isWeekendVisible: ["localStorage", "calendar.isWeekendVisible"],
    showSideBar: ["sessionStorage", "calendar.showSideBar"],
};
/** What renderers have the controller do. */
const HANDLERS = ["createRecord", "deleteRecord", "editRecord", "setDate"];
/** Scales that clicks on the same day go through. */
const CYCLE = ["month", "week", "day"];
const optional = (type) => ({ type, optional: true });

/** Whether a part of the state is on; it is until somebody switches it off. */
function isKept(name) {
    const [storage, key] = KEPT[name];
    return browser[storage].getItem(key) !== "false";
}

/** A calendar with what surrounds it. */
export class CalendarController extends Component {
    static template = "web.CalendarController";
    static components = {
        CalendarFilterPanel,
        CogMenu,
        DatePicker: DateTimePicker,
        FilterPanel: CalendarFilterPanel,
        Layout,
        MobileFilterPanel: CalendarMobileFilterPanel,
        QuickCreate: CalendarQuickCreate,
        SearchBar,
        ViewScaleSelector,
    };
    static props = {
        ...standardViewProps,
        Model: Function,
        Renderer: Function,
        archInfo: Object,
        buttonTemplate: String,
        itemCalendarProps: optional(Object),
        session: optional(Object),
    };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.dialogService = useService("dialog");
        this.displayDialog = useOwnedDialogs();
        this.rootRef = useRef("root");
        /** @type {any} */
        this.model = useState(useModel(this.props.Model, this.modelParams));
        useSetupAction({ rootRef: this.rootRef, getLocalState: () => this.model.exportedState });
        this.searchBarToggler = useSearchBarToggler();
        this.handlers = Object.fromEntries(HANDLERS.map((name) => [name, (...args) => this[name](...args)]));
        this.state = useState({
            isWeekendVisible: isKept("isWeekendVisible"),
            showSideBar: !this.env.isSmall && isKept("showSideBar"),
        });
    }

    get modelParams() {
        const { archInfo, context, domain, fields, resModel, state = {} } = this.props;
        return { ...archInfo, ...state, context, domain, fields, resModel };
    }

    // ------------------------------------------------------------------ parts

    get rendererProps() {
        return {
            model: this.model,
            isWeekendVisible: this.model.scale === "day" || this.state.isWeekendVisible,
            ...this.handlers,
        };
    }

    get filterPanelProps() {
        return { model: this.model };
    }

    get mobileFilterPanelProps() {
        const { model } = this;
        return { model, sideBarShown: this.state.showSideBar, toggleSideBar: () => this.toggleSideBar() };
    }

    get containerProps() {
        return { model: this.model };
    }

    get datePickerProps() {
        return {
            type: "date",
            showWeekNumbers: false,
            maxPrecision: "days",
            daysOfWeekFormat: "narrow",
            onSelect: (date) => this.onDateSelected(date),
            value: this.model.date,
        };
    }

    get showSideBar() {
        return this.state.showSideBar;
    }

    get hasFilters() {
        return this.model.filterSections.length > 0;
    }

    /** What the arch offers, for the selector of scales. */
    get scales() {
        return pick(SCALE_ENTRIES, ...this.model.scales);
    }

    /** The days that are shown, in words. */
    get currentDate() {
        const { date, scale } = this.model;
        if (scale === "year") {
            return date.toFormat("yyyy");
        }
        if (scale === "day") {
            return date.toLocaleString(this.env.isSmall ? DateTime.DATE_MED : DateTime.DATE_FULL);
        }
        const shown = scale === "week" ? getStartOfLocalWeek(date).plus({ days: 3 }) : date;
        return shown.toLocaleString({ month: this.env.isSmall ? "short" : "long", year: "numeric" });
    }

    get currentWeek() {
        return this.model.scale === "week" ? _t("Week %s", getLocalWeekNumber(this.model.date)).toString() : "";
    }

    // ------------------------------------------------------------------ time

    /** @param {"next"|"previous"|"today"} move */
    async setDate(move) {
        const { date, scale } = this.model;
        if (move !== "today") {
            await this.model.load({ date: date.plus({ [`${scale}s`]: move === "next" ? 1 : -1 }) });
        } else if (date.hasSame(DateTime.local(), "day")) {
            this.model.bus.trigger("SCROLL_TO_CURRENT_HOUR");
        } else {
            await this.model.load({ date: DateTime.local().startOf("day") });
        }
    }

    async setScale(scale) {
        await this.model.setScale(scale);
    }

    /** A day of the little calendar: itself, or the week around it; the day that is shown already goes nearer each time. */
    async onDateSelected(date) {
        const { date: current, scale, scales } = this.model;
        let wanted = "week";
        if (date.hasSame(current, "day")) {
            wanted = CYCLE[(CYCLE.indexOf(scale) + 1) % CYCLE.length];
        } else if (getStartOfLocalWeek(date).hasSame(getStartOfLocalWeek(current), "day")) {
            wanted = "day";
        }
        await this.model.load({ date, scale: scales.includes(wanted) ? wanted : scale });
    }

    /** Switch a part of the state; on a small screen the side is only open for a moment. */
    toggleKept(name) {
        const isOn = !this.state[name];
        this.state[name] = isOn;
        if (name !== "showSideBar" || !this.env.isSmall) {
            const [storage, key] = KEPT[name];
            browser[storage].setItem(key, String(isOn));
        }
    }

    toggleSideBar() {
        this.toggleKept("showSideBar");
    }

    toggleWeekendVisibility() {
        this.toggleKept("isWeekendVisible");
    }

    // ------------------------------------------------------------------ creating

    /** An event on the day that is shown, for whoever does not draw it. */
    onClickAddButton() {
        const { date, hasAllDaySlot } = this.model;
        const now = DateTime.local();
        const start = date.set({ hour: now.hour, minute: 0, second: 0, millisecond: 0 }).plus({ hours: 1 });
        const isAllDay = hasAllDaySlot && !this.model.fieldMapping.all_day;
        return this.createRecord(
            isAllDay
                ? { start: date.startOf("day"), end: date.startOf("day"), isAllDay }
                : { start, end: start.plus({ hours: 1 }), isAllDay: false }
        );
    }

    getQuickCreateProps(record) {
        const { context } = this.props;
        return {
            record,
            model: this.model,
            editRecord: this.editRecordInCreation.bind(this),
            title: context.default_name,
        };
    }

    getQuickCreateFormViewProps(record) {
        return {
            resModel: this.model.resModel,
            viewId: this.model.quickCreateFormViewId,
            title: _t("New Event").toString(),
            context: this.contextOf(record),
            onRecordSaved: () => this.model.load(),
        };
    }

    /** @param {Object} record `{start, end, isAllDay}` @returns {Promise<void>} when the dialog is closed */
    async createRecord(record) {
        if (!this.model.canCreate) {
            return;
        }
        if (!this.model.hasQuickCreate) {
            await this.editRecordInCreation(record);
            return;
        }
        const { QuickCreate } = /** @type {any} */ (this.constructor).components;
        await new Promise((resolve) => {
            if (this.model.quickCreateFormViewId) {
                this.displayDialog(FormViewDialog, this.getQuickCreateFormViewProps(record), { onClose: resolve });
            } else {
                this.displayDialog(QuickCreate, this.getQuickCreateProps(record), { onClose: resolve });
            }
        });
    }

    /** The form of an event that is to be created. */
    editRecordInCreation(record) {
        return this.editRecord(record, this.contextOf(record), false);
    }

    /** Context in which a form has the values of what was drawn. */
    contextOf(record) {
        return this.model.makeContextDefaults(this.model.buildRawRecord(record));
    }

    // ------------------------------------------------------------------ opening, deleting

    editRecordDefaultDisplayText() {
        return _t("New Event").toString();
    }

    /**
     * Open the form of an event.
     *
     * @param {Object} record without `id`: a new one
     * @param {Object} [context]
     * @param {boolean} [shouldFetchFormViewId] whether its model says in which form
     */
    async editRecord(record, context = {}, shouldFetchFormViewId = true) {
        const { hasEditDialog, resModel } = this.model;
        if (hasEditDialog) {
            this.displayDialog(FormViewDialog, {
                resModel,
                resId: record.id || false,
                context,
                title: record.id ? _t("Open: %s", record.title).toString() : this.editRecordDefaultDisplayText(),
                viewId: this.model.formViewId,
                onRecordSaved: () => this.model.load(),
            });
            return;
        }
        let { formViewId } = this.model;
        if (shouldFetchFormViewId && record.id) {
            formViewId = await this.orm.call(resModel, "get_formview_id", [[record.id]], { context });
        }
        await this.action.doAction(
            {
                type: "ir.actions.act_window",
                res_model: resModel,
                views: [[formViewId || false, "form"]],
                target: "current",
                context,
                ...(record.id && { res_id: record.id }),
            },
            { additionalContext: context }
        );
    }

    /** What is asked before an event is deleted. */
    deleteConfirmationDialogProps(record) {
        return deletionQuestion(() => this.model.unlinkRecord(record.id));
    }

    deleteRecord(record) {
        this.displayDialog(ConfirmationDialog, this.deleteConfirmationDialogProps(record));
    }
}
