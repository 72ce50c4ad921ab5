import { rpc } from "@web/core/network/rpc";
import { user } from "@web/core/user";
import { unique } from "@web/core/utils/arrays";
import { serializeDate } from "@web/core/l10n/dates";
import { CalendarModel } from "@web/views/calendar/calendar_model";
import { askRecurrenceUpdatePolicy } from "@calendar/views/ask_recurrence_update_policy_hook";

/** The section of the people whose calendars are looked at. */
const PEOPLE = "partner_ids";

/**
 * Events of people: each is there once for each of those whose calendars are looked at, as a card of theirs.
 *
 * Cards have `cardId`, the key under which they are in `records`; the first one of an event has the event's id. They
 * know whose they are (`attendeeId`), the row of the attendee (`calendarAttendeeId`), what that one answered
 * (`attendeeStatus`) and whether all others said no (`isAlone`).
 */
export class AttendeeCalendarModel extends CalendarModel {
    static services = ["dialog", ...CalendarModel.services];

    setup(params, { dialog }) {
        super.setup(params);
        this.dialog = dialog;
        Object.assign(this.data, { attendees: [], credentials: {}, defaultDuration: 1, syncStatus: {} });
    }

    get attendees() {
        return this.data.attendees;
    }

    get credentialStatus() {
        return this.data.credentials;
    }

    get syncStatus() {
        return this.data.syncStatus;
    }

    /** The filters of people, `null` in calendars without them. */
    get attendeeFilters() {
        return this.data.filterSections[PEOPLE] || null;
    }

    // ------------------------------------------------------------------ loading

    async updateData(data) {
        await Promise.all([super.updateData(data), this.isReady ? null : this.readOnce(data)]);
        await this.updateAttendees(data);
    }

    /** What does not change while the calendar is looked at. */
    async readOnce(data) {
        const call = (model, method, args = []) => this.orm.call(model, method, args);
        [data.credentials, data.syncStatus, data.defaultDuration] = await Promise.all([
            rpc("/calendar/check_credentials"),
            call("res.users", "check_synchronization_status", [[user.userId]]),
            call(this.resModel, "get_default_duration"),
        ]);
    }

    /** Ids of those whose calendars are looked at; `all` when everybody's are. */
    chosenPeople(data) {
        const filters = data.filterSections[PEOPLE]?.filters || [];
        const active = filters.filter(({ active: isActive }) => isActive);
        const isForAll = active.some(({ type }) => type === "all");
        return { ids: active.map(({ value }) => value).filter(Number.isInteger), all: isForAll };
    }

    /** Make the cards. */
    async updateAttendees(data) {
        const events = Object.values(data.records);
        const people = this.chosenPeople(data);
        const asked = people.all
            ? unique(events.flatMap(({ rawRecord }) => [user.partnerId, ...this.organizerOf(rawRecord)]))
            : unique([...people.ids, user.partnerId]);
        const ids = events.map(({ id }) => id);
        data.attendees = ids.length
            ? await this.orm.call("res.partner", "get_attendee_detail", [asked.filter(Boolean), ids])
            : [];
        const rows = new Map(ids.map((id) => [id, []]));
        data.attendees.forEach((row) => rows.get(row.event_id)?.push(row));
        data.records = {};
        for (const event of events) {
            const own = rows.get(event.id).find((row) => row.id === user.partnerId);
            const shown = people.all
                ? [own || rows.get(event.id)[0]]
                : rows.get(event.id).filter((row) => people.ids.includes(row.id));
            this.cardsOf(event, shown.length ? shown : [undefined], own).forEach((card) => {
                data.records[card.cardId] = card;
            });
        }
    }

    organizerOf({ partner_id: organizer }) {
        return organizer ? [organizer[0]] : [];
    }

    /**
     * The cards of an event.
     *
     * @param {Object} event
     * @param {(Object|undefined)[]} rows whose they are; undefined for that of nobody
     * @param {Object} [own] the row of the user
     */
    cardsOf(event, rows, own) {
        const [organizer = false] = this.organizerOf(event.rawRecord);
        return rows.map((row, index) => ({
            ...event,
            cardId: index ? `${event.id}-${row.id}` : event.id,
            colorIndex: row ? row.id : event.colorIndex,
            attendeeId: row ? row.id : false,
            attendeeStatus: row ? row.status : false,
            calendarAttendeeId: own ? own.attendee_id : false,
            isAlone: Boolean(row?.is_alone),
            isCurrentUserOrganizer: organizer === user.partnerId,
            isCurrentUserAttendee: Boolean(own),
            ownStatus: own ? own.status : false,
        }));
    }

    // ------------------------------------------------------------------ changing

    /** Events take as long as the user's do, and are with those whose calendars are looked at. */
    makeContextDefaults(rawRecord) {
        const context = super.makeContextDefaults(rawRecord);
        const { all_day: allDay, date_start: start, date_stop: stop } = this.fieldMapping;
        if (rawRecord[allDay]) {
            context[`default_${start}_date`] = rawRecord[start].slice(0, 10);
            context[`default_${stop}_date`] = (rawRecord[stop] || rawRecord[start]).slice(0, 10);
        }
        const { ids, all } = this.chosenPeople(this.data);
        if (!context.default_partner_ids && !all && ids.length) {
            context.default_partner_ids = unique([user.partnerId, ...ids]);
        }
        return context;
    }

    buildRawRecord(partialRecord, options = {}) {
        const { start, end, isAllDay, recurrenceUpdate } = partialRecord;
        const isOpen = !partialRecord.id && !end && !isAllDay;
        const given = isOpen
            ? { ...partialRecord, end: start.plus({ hours: this.data.defaultDuration }) }
            : partialRecord;
        const values = super.buildRawRecord(given, options);
        if (partialRecord.id && isAllDay) {
            Object.assign(values, { start_date: serializeDate(start), stop_date: serializeDate(end || start) });
        }
        return recurrenceUpdate ? { ...values, recurrence_update: recurrenceUpdate } : values;
    }

    /** Of a series, the user says which events are moved; without an answer it stays as it was. */
    async updateRecord(record, options = {}) {
        const known = this.records[record.id];
        if (!known?.rawRecord.recurrency) {
            return super.updateRecord(record, options);
        }
        const recurrenceUpdate = await askRecurrenceUpdatePolicy(this.dialog);
        return recurrenceUpdate ? super.updateRecord({ ...record, recurrenceUpdate }, options) : this.load();
    }

    /**
     * Archive an event, of a series as many as the user says.
     *
     * @param {Object} record
     */
    async archiveRecord({ id, rawRecord }) {
        const policy = rawRecord.recurrency ? await askRecurrenceUpdatePolicy(this.dialog) : null;
        if (policy === false) {
            return;
        }
        const call = policy ? ["action_mass_archive", [[id], policy]] : ["action_archive", [[id]]];
        await this.orm.call(this.resModel, ...call);
        await this.load();
    }

    /** Say that the user does not come. @param {Object} record */
    async declineRecord({ calendarAttendeeId }) {
        await this.orm.call("calendar.attendee", "do_decline", [[calendarAttendeeId]]);
        await this.load();
    }

    /**
     * Answer for the user, in a series as often as the user says.
     *
     * @param {Object} record
     * @param {string} status
     * @returns {Promise<boolean>} whether it was answered
     */
    async changeAttendeeStatus({ id, rawRecord }, status) {
        const policy = rawRecord.recurrency ? await askRecurrenceUpdatePolicy(this.dialog) : "self_only";
        if (!policy) {
            return false;
        }
        await this.orm.call(this.resModel, "change_attendee_status", [[id], status, policy]);
        await this.load();
        return true;
    }
}
