import { DateTime } from "luxon";
import { browser } from "@web/core/browser/browser";
import { getStartOfLocalWeek, serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { user } from "@web/core/user";
import { unique } from "@web/core/utils/arrays";
import { KeepLast } from "@web/core/utils/concurrency";
import { omit } from "@web/core/utils/objects";
import { extractFieldsFromArchInfo } from "@web/model/relational_model/utils";
import { SCALE_KEY } from "@web/views/calendar/calendar_arch_parser";
import { CalendarFilterModel } from "@web/views/calendar/calendar_filter_model";
import { buildRawRecord, normalizeRecord } from "@web/views/calendar/calendar_records";

/** Days of the weeks that show a month. */
const MONTH_DAYS = 42;

/**
 * What a calendar shows.
 *
 * `meta` is what the arch and the search say and the date that is looked at, `data` what was read: `records` by id,
 * `filterSections` by field, `range`, `unusualDays` and whether the user may create (`hasCreateRight`).
 */
export class CalendarModel extends CalendarFilterModel {
    static services = [];

    setup(params) {
        super.setup(params);
        this.keepLast = new KeepLast();
        const { fields, popoverFieldNodes = {} } = params;
        const [formViewId] = (this.env.config?.views || []).find(([, type]) => type === "form") || [];
        const initialDate = params.context?.initial_date;
        Object.assign(this.meta, {
            activeFields: extractFieldsFromArchInfo({ fieldNodes: popoverFieldNodes }, { ...fields }).activeFields,
            date: params.date || (initialDate ? DateTime.fromISO(initialDate.replace(" ", "T")) : DateTime.local()),
            firstDayOfWeek: (localization.weekStart || 0) % 7,
            formViewId: params.formViewId || formViewId || false,
        });
        const kept = browser.localStorage.getItem(this.storageKey);
        if (this.scales.includes(kept)) {
            this.meta.scale = kept;
        } else if (!this.scales.includes(this.meta.scale)) {
            [this.meta.scale] = this.scales;
        }
        this.data = { filterSections: {}, hasCreateRight: null, range: null, records: {}, unusualDays: [] };
    }

    // ------------------------------------------------------------------ what is known

    get date() {
        return this.meta.date;
    }

    get canCreate() {
        return this.meta.canCreate && this.data.hasCreateRight;
    }

    get canDelete() {
        return this.meta.canDelete;
    }

    /** Whether events can be moved: their beginning has to be writable. */
    get canEdit() {
        const { canEdit, fieldMapping, fields } = this.meta;
        const { readonly } = fields[fieldMapping.date_start];
        return canEdit && !readonly;
    }

    get eventLimit() {
        return this.meta.eventLimit;
    }

    /** What is found again by who comes back. */
    get exportedState() {
        const { allFilter, date, scale } = this.meta;
        return { allFilter, date, scale };
    }

    get fieldMapping() {
        return this.meta.fieldMapping;
    }

    get fields() {
        return this.meta.fields;
    }

    get activeFields() {
        return this.meta.activeFields;
    }

    get filterSections() {
        return Object.values(this.data.filterSections);
    }

    /** First day of the week, Sunday is 0. */
    get firstDayOfWeek() {
        return this.meta.firstDayOfWeek;
    }

    get formViewId() {
        return this.meta.formViewId;
    }

    /** Whether there are events of whole days beside those with hours. */
    get hasAllDaySlot() {
        const { fieldMapping, fields } = this.meta;
        return Boolean(fieldMapping.all_day) || fields[fieldMapping.date_start].type === "date";
    }

    get hasEditDialog() {
        return this.meta.hasEditDialog;
    }

    get hasQuickCreate() {
        return this.meta.quickCreate;
    }

    get quickCreateFormViewId() {
        return this.meta.quickCreateViewId;
    }

    get isDateHidden() {
        return this.meta.isDateHidden;
    }

    get isTimeHidden() {
        return this.meta.isTimeHidden;
    }

    get popoverFieldNodes() {
        return this.meta.popoverFieldNodes;
    }

    get rangeStart() {
        return this.data.range.start;
    }

    get rangeEnd() {
        return this.data.range.end;
    }

    get records() {
        return this.data.records;
    }

    get resModel() {
        return this.meta.resModel;
    }

    get scale() {
        return this.meta.scale;
    }

    get scales() {
        return this.meta.scales;
    }

    /** Where the browser keeps the scale of this view. */
    get storageKey() {
        return `scaleOf-viewId-${this.env.config?.viewId}`;
    }

    /** Days on which nobody works, as ISO dates. */
    get unusualDays() {
        return this.data.unusualDays;
    }

    // ------------------------------------------------------------------ loading

    /** @param {{date?: import("luxon").DateTime, scale?: string, context?: Object, domain?: any[]}} [params] */
    async load(params = {}) {
        this.meta = { ...this.meta, ...params };
        browser.localStorage.setItem(this.storageKey, this.scale);
        this.data = await this.keepLast.add(this.readData());
        this.notify();
    }

    async readData() {
        const data = { ...this.data };
        await this.updateData(data);
        return data;
    }

    /** Show another span of time, here and in calendars that name none. @param {string} scale */
    setScale(scale) {
        browser.sessionStorage.setItem(SCALE_KEY, scale);
        return this.load({ scale });
    }

    /** Read what is shown. @param {Object} data is filled */
    async updateData(data) {
        data.range = this.computeRange();
        const { resModel, showUnusualDays } = this.meta;
        [data.hasCreateRight, data.unusualDays] = await Promise.all([
            data.hasCreateRight ?? user.checkAccessRight(resModel, "create"),
            showUnusualDays ? this.loadUnusualDays(data) : [],
            this.loadEvents(data),
        ]);
    }

    /** Read the filters, and the records that they let through. */
    async loadEvents(data) {
        const found = await this.loadFilters(data);
        // what the filters of values hide is read all the same: there would be no filter to show it again
        data.filterSections = found.sections;
        data.records = await this.loadRecords(data);
        const values = await this.loadDynamicFilters(data, found.dynamicFiltersInfo);
        this.hideFiltered(data, values);
        data.filterSections = this.orderSections({ ...found.sections, ...values });
    }

    /** @returns {{start: import("luxon").DateTime, end: import("luxon").DateTime}} the days that are shown */
    computeRange() {
        const { date, scale } = this.meta;
        if (scale === "week") {
            const start = getStartOfLocalWeek(date);
            return { start, end: start.plus({ days: 6 }).endOf("day") };
        }
        if (scale === "month") {
            const start = getStartOfLocalWeek(date.startOf("month"));
            return { start, end: start.plus({ days: MONTH_DAYS - 1 }).endOf("day") };
        }
        return { start: date.startOf(scale), end: date.endOf(scale) };
    }

    computeDomain(data) {
        return [this.meta.domain, this.computeRangeDomain(data), this.computeFiltersDomain(data)].flat();
    }

    computeRangeDomain({ range }) {
        const { date_start: start, date_stop: stop, date_delay: delay } = this.meta.fieldMapping;
        const domain = [[start, "<=", this.serialize(start, range.end)]];
        if (stop) {
            domain.push([stop, ">=", this.serialize(stop, range.start)]);
        } else if (!delay) {
            domain.push([start, ">=", this.serialize(start, range.start)]);
        }
        return domain;
    }

    /** A moment as the server writes values of a field. */
    serialize(fieldName, value) {
        return this.meta.fields[fieldName].type === "date" ? serializeDate(value) : serializeDateTime(value);
    }

    /** @returns {Promise<Object[]>} values of the records that are shown */
    fetchRecords(data) {
        const { activeFields, context, fieldNames, resModel } = this.meta;
        const names = unique([...fieldNames, ...Object.keys(activeFields)]);
        return this.orm.searchRead(resModel, this.computeDomain(data), names, { context });
    }

    async loadRecords(data) {
        const rawRecords = await this.fetchRecords(data);
        return Object.fromEntries(rawRecords.map((rawRecord) => [rawRecord.id, this.normalizeRecord(rawRecord)]));
    }

    /** @returns {Object} what is shown of a record, see `calendar_records` */
    normalizeRecord(rawRecord) {
        return normalizeRecord(this.meta, rawRecord, { isSmall: Boolean(this.env.isSmall) });
    }

    /** @returns {Promise<Object<string, boolean>>} whether days are unusual, by their dates */
    fetchUnusualDays({ range }) {
        const { context, resModel } = this.meta;
        const args = [serializeDateTime(range.start), serializeDateTime(range.end)];
        return this.orm.call(resModel, "get_unusual_days", args, { context });
    }

    async loadUnusualDays(data) {
        const days = await this.fetchUnusualDays(data);
        return Object.keys(days).filter((day) => days[day]);
    }

    // ------------------------------------------------------------------ changing

    /** @param {Object} record see `buildRawRecord` @returns {Promise<number>} id of the new record */
    async createRecord(record) {
        const values = this.buildRawRecord(record);
        const [resId] = await this.change("create", [values], this.makeContextDefaults(values));
        return resId;
    }

    /** Have the server change something, and show what is there then, also when it refused. */
    async change(method, subject, context, ...values) {
        try {
            return await this.orm[method](this.resModel, subject, ...values, { context });
        } finally {
            await this.load();
        }
    }

    /** Write that an event was moved, or takes longer or shorter; what cannot be written is shown as it was. */
    async updateRecord(record, options = {}) {
        const values = omit(this.buildRawRecord(record, options), "name");
        await this.change("write", [record.id], { ...this.meta.context, from_ui: true }, values);
    }

    async unlinkRecord(recordId) {
        await this.change("unlink", [recordId], this.meta.context);
    }

    /** @returns {Object} values for the server of what is shown, see `calendar_records` */
    buildRawRecord(partialRecord, options = {}) {
        return buildRawRecord(this.meta, this.records, partialRecord, options);
    }

    /** @returns {Object} context in which a form shows the values of an event to be created */
    makeContextDefaults(rawRecord) {
        const { context, fieldMapping, scale } = this.meta;
        const { all_day: allDay, create_name_field: nameField } = fieldMapping;
        const { date_start: start, date_stop: stop, date_delay: delay } = fieldMapping;
        const defaults = {};
        for (const name of [nameField || "name", start, stop, delay, allDay]) {
            if (name && name in rawRecord) {
                defaults[`default_${name}`] = rawRecord[name];
            }
        }
        if (allDay && ["month", "year"].includes(scale)) {
            defaults[`default_${allDay}`] = true;
        }
        return { ...context, ...defaults };
    }
}
