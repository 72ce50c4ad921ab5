import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import { user } from "@web/core/user";
import { unique } from "@web/core/utils/arrays";
import { isX2Many } from "@web/model/relational_model/utils";
import { Model } from "@web/model/model";

const formatters = registry.category("formatters");
/** Order of the kinds of filters in a section. */
const KINDS = ["user", "record", "dynamic", "all"];
/** Sections with more filters than this can be folded. */
const FEW = 2;

/** Ids or values that a record has in a field. */
function valuesOf(field, rawValue) {
    if (isX2Many(field)) {
        return rawValue;
    }
    return [field.relation && Array.isArray(rawValue) ? rawValue[0] : rawValue];
}

/** What a filter hides: dynamic ones that are off. */
function hiddenValues({ filters }) {
    return filters.filter(({ type, active }) => type === "dynamic" && !active).map(({ value }) => value);
}

/**
 * A filter: of a kind, in a section; what is not known of it yet is on.
 *
 * @param {string} type
 * @param {{avatarFieldName?: string}} filterInfo
 * @param {Object<string, any>} values
 * @returns {Object<string, any>}
 */
function newFilter(type, { avatarFieldName }, { active = true, colorIndex = null, recordId = null, ...values }) {
    const hasAvatar = Boolean(avatarFieldName && values.value);
    return { type, recordId, active, canRemove: type === "record", colorIndex, hasAvatar, ...values };
}

/**
 * The filters of a calendar: sections by field, each with filters
 * `{type, recordId, value, label, active, canRemove, colorIndex, hasAvatar}`. What a section with a model to write on
 * offers is kept there for each user; other sections offer the values of the records that are shown.
 */
export class CalendarFilterModel extends Model {
    setup(params) {
        /** @type {Object<string, any>} */
        this.meta = { allFilter: {}, ...params };
        /** @type {Object<string, any>} */
        this.data = { filterSections: {} };
    }

    /** How records without a value are called. */
    get defaultFilterLabel() {
        return _t("Undefined").toString();
    }

    // ------------------------------------------------------------------ reading

    /**
     * Read the filters that are kept, and tell which sections depend on the records.
     *
     * @returns {Promise<{sections: Object, dynamicFiltersInfo: Object}>} both by field
     */
    async loadFilters(data) {
        const previous = data.filterSections;
        const infos = Object.entries(this.meta.filtersInfo);
        const written = infos.filter(([, { writeResModel }]) => writeResModel);
        const loaded = await Promise.all(
            written.map(async ([name, info]) => [name, await this.loadFilterSection(name, info, previous[name])])
        );
        return {
            sections: Object.fromEntries(loaded),
            dynamicFiltersInfo: Object.fromEntries(infos.filter(([, { writeResModel }]) => !writeResModel)),
        };
    }

    /** @returns {Promise<Object[]>} what is kept for the user */
    fetchFilters({ writeResModel, writeFieldName, filterFieldName }) {
        const names = [writeFieldName, filterFieldName].filter(Boolean);
        return this.orm.searchRead(writeResModel, [["user_id", "=", user.userId]], names);
    }

    /** @returns {Promise<Object>} section with the filters that are kept */
    async loadFilterSection(fieldName, filterInfo, previousSection) {
        const rawFilters = await this.fetchFilters(filterInfo);
        const before = previousSection?.filters || [];
        const filters = rawFilters.map((rawFilter) => {
            const known = before.find(({ type, recordId }) => type === "record" && recordId === rawFilter.id);
            return this.makeFilterRecord(filterInfo, known, rawFilter);
        });
        const { relation } = this.meta.fields[fieldName];
        const own = { "res.users": user.userId, "res.partner": user.partnerId }[relation];
        if (own && !filters.some(({ value }) => value === own)) {
            const known = before.find(({ type }) => type === "user");
            filters.push(this.makeFilterUser(filterInfo, known, fieldName, [own, user.name]));
        }
        const allFilter = before.find(({ type }) => type === "all");
        const isUser = ["res.users", "res.partner"].includes(relation);
        filters.push(this.makeFilterAll(allFilter, isUser, filterInfo.label));
        return this.makeSection(filterInfo, filters, true);
    }

    /** @returns {Promise<Object>} sections with the values of the records, by field */
    async loadDynamicFilters(data, filtersInfo) {
        const sections = Object.entries(filtersInfo).map(async ([name, info]) => [
            name,
            await this.loadDynamicFilterSection(data, name, info),
        ]);
        return Object.fromEntries(await Promise.all(sections));
    }

    async loadDynamicFilterSection(data, fieldName, filterInfo) {
        const before = this.data.filterSections[fieldName]?.filters || [];
        const rawFilters = await this.fetchValues(data, fieldName);
        const colors = await this.loadColors(filterInfo, rawFilters);
        const filters = rawFilters.map((rawFilter) => {
            const known = before.find(({ value }) => value === rawFilter.value);
            return this.makeFilterDynamic(filterInfo, known, fieldName, rawFilter, colors);
        });
        return this.makeSection(filterInfo, filters, false);
    }

    /** @returns {Promise<{value: any, label?: string, colorIndex?: any}[]>} distinct values of the records in a field */
    async fetchValues({ records }, fieldName) {
        const field = this.meta.fields[fieldName];
        const found = new Map();
        for (const { colorIndex, rawRecord } of Object.values(records)) {
            const rawValue = rawRecord[fieldName];
            const values = valuesOf(field, rawValue);
            for (const value of values.length ? values : [false]) {
                const label = field.type === "many2one" && rawValue ? rawValue[1] : undefined;
                found.set(value, found.get(value) || { value, label, colorIndex });
            }
        }
        if (isX2Many(field)) {
            const ids = [...found.keys()].filter(Boolean);
            const named = ids.length ? await this.orm.read(field.relation, ids, ["display_name"]) : [];
            named.forEach(({ id, display_name: label }) => Object.assign(found.get(id), { label }));
        }
        return [...found.values()];
    }

    /** Colours of related records, where those of the events are not theirs. @returns {Promise<Object>} by id */
    async loadColors({ fieldName, colorFieldName }, rawFilters) {
        const { fieldMapping, fields } = this.meta;
        const isTheirs = fields[fieldMapping.color]?.related === `${fieldName}.${colorFieldName}`;
        const ids = unique(rawFilters.map(({ value }) => value).filter(Number.isInteger));
        const { relation } = fields[fieldName];
        if (!colorFieldName || isTheirs || !relation || !ids.length) {
            return {};
        }
        const records = await this.orm.searchRead(relation, [["id", "in", ids]], [colorFieldName]);
        return Object.fromEntries(records.map((record) => [record.id, record[colorFieldName]]));
    }

    // ------------------------------------------------------------------ making

    makeSection({ avatarFieldName, fieldName, label, resModel, writeFieldName, writeResModel }, filters, canAdd) {
        return {
            label,
            fieldName,
            filters: this.sortFilters(filters),
            avatar: { field: avatarFieldName, model: resModel },
            hasAvatar: Boolean(avatarFieldName),
            write: { field: writeFieldName, model: writeResModel },
            canCollapse: filters.length > FEW,
            canAddFilter: canAdd,
        };
    }

    sortFilters(filters) {
        const rank = ({ type }) => KINDS.indexOf(type);
        const isEmpty = ({ type, value }) => Number(type === "dynamic" && !value);
        const compareLabels = new Intl.Collator(undefined, { numeric: true }).compare;
        return [...filters].sort(
            (first, second) =>
                rank(first) - rank(second) ||
                isEmpty(first) - isEmpty(second) ||
                compareLabels(first.label, second.label)
        );
    }

    /** Sections in the order of the arch. */
    orderSections(sections) {
        const names = Object.keys(this.meta.filtersInfo).filter((name) => name in sections);
        return Object.fromEntries(names.map((name) => [name, sections[name]]));
    }

    /** A value of the records. */
    makeFilterDynamic(filterInfo, previousFilter, fieldName, rawFilter, colors = {}) {
        const { value } = rawFilter;
        return newFilter("dynamic", filterInfo, {
            value,
            label: this.filterLabel(fieldName, rawFilter),
            active: previousFilter?.active,
            colorIndex: this.filterColor(fieldName, filterInfo.colorFieldName, rawFilter, colors),
        });
    }

    /** Somebody or something that the user added. */
    makeFilterRecord(filterInfo, previousFilter, rawRecord) {
        const { fieldName, filterFieldName, writeFieldName } = filterInfo;
        const [value, label] = [].concat(rawRecord[writeFieldName]);
        return newFilter("record", filterInfo, {
            recordId: rawRecord.id,
            value,
            label: this.filterLabel(fieldName, { value, label }),
            active: filterFieldName ? rawRecord[filterFieldName] : previousFilter?.active,
            colorIndex: this.filterColor(fieldName, null, { value }, {}),
        });
    }

    /** The user. */
    makeFilterUser(filterInfo, previousFilter, fieldName, [value, label]) {
        const colorIndex = this.filterColor(fieldName, null, { value }, {});
        return newFilter("user", filterInfo, { value, label, active: previousFilter?.active, colorIndex });
    }

    /** Everything, whatever the others say. */
    makeFilterAll(previousFilter, isUserOrPartner, sectionLabel) {
        const kept = previousFilter?.active ?? this.meta.allFilter[sectionLabel];
        const label = isUserOrPartner ? _t("Everybody's calendars") : _t("Everything");
        return newFilter("all", {}, { value: "all", label: label.toString(), active: Boolean(kept) });
    }

    /** @param {string} fieldName @param {{value: any, label?: string}} rawFilter */
    filterLabel(fieldName, { value, label }) {
        if (label) {
            return label;
        }
        const field = this.meta.fields[fieldName];
        const isBoolean = field.type === "boolean";
        if (!isBoolean && (value === false || value === null || value === undefined || value === "")) {
            return this.defaultFilterLabel;
        }
        const formatter = formatters.get(field.type, String);
        return String(formatter(value, { field })) || this.defaultFilterLabel;
    }

    /**
     * The colour that events with a value have, else that of the related record.
     *
     * @param {string} fieldName
     * @param {string|null} colorFieldName
     * @param {{value: any, colorIndex?: any}} rawFilter
     * @param {Object} colors of related records by id
     */
    filterColor(fieldName, colorFieldName, { value, colorIndex }, colors) {
        const { fieldMapping, fields } = this.meta;
        const color = fields[fieldMapping.color];
        if (colorFieldName) {
            const isTheirs = color?.related === `${fieldName}.${colorFieldName}`;
            return (isTheirs ? colorIndex : colors[value]) ?? null;
        }
        const isSame =
            fieldMapping.color === fieldName || (color?.relation && color.relation === fields[fieldName].relation);
        return isSame ? value : null;
    }

    // ------------------------------------------------------------------ effect

    /** @returns {any[]} domain that the filters of some sections make */
    computeFiltersDomain({ filterSections }) {
        const domain = [];
        for (const [fieldName, section] of Object.entries(filterSections)) {
            const { filters } = section;
            if (filters.some(({ type, active }) => type === "all" && active)) {
                continue;
            }
            const hidden = hiddenValues(section);
            if (section.write.model) {
                domain.push([fieldName, "in", filters.filter(({ active }) => active).map(({ value }) => value)]);
            } else if (hidden.length) {
                domain.push([fieldName, "not in", hidden]);
            }
        }
        return domain;
    }

    /** Take away the records whose values are off. */
    hideFiltered(data, sections) {
        for (const [fieldName, section] of Object.entries(sections)) {
            const hidden = new Set(hiddenValues(section));
            const field = this.meta.fields[fieldName];
            for (const { id, rawRecord } of Object.values(data.records)) {
                const values = valuesOf(field, rawRecord[fieldName]);
                if ((values.length ? values : [false]).some((value) => hidden.has(value))) {
                    delete data.records[id];
                }
            }
        }
    }

    // ------------------------------------------------------------------ changing

    /**
     * Offer more filters.
     *
     * @param {string} fieldName of the section
     * @param {number|number[]} filterValue ids of the records to filter by
     */
    async createFilter(fieldName, filterValue) {
        const { filterFieldName, writeFieldName, writeResModel } = this.meta.filtersInfo[fieldName];
        const values = [].concat(filterValue).map((id) => ({
            user_id: user.userId,
            [writeFieldName]: id,
            ...(filterFieldName && { [filterFieldName]: true }),
        }));
        if (values.length) {
            await this.orm.create(writeResModel, values);
        }
        await this.load();
    }

    /**
     * Switch filters on or off.
     *
     * @param {string} fieldName of the section
     * @param {Object[]} filters
     * @param {boolean} active
     */
    async updateFilters(fieldName, filters, active) {
        const section = this.data.filterSections[fieldName];
        const { filterFieldName, writeResModel } = this.meta.filtersInfo[fieldName];
        for (const filter of filters) {
            filter.active = active;
            if (filter.type === "all") {
                this.meta.allFilter[section.label] = active;
            }
        }
        const ids = filters.map(({ recordId }) => recordId).filter(Boolean);
        if (filterFieldName && ids.length) {
            await this.orm.write(writeResModel, ids, { [filterFieldName]: active });
        }
        await this.load();
    }

    async unlinkFilter(fieldName, recordId) {
        const { writeResModel } = this.meta.filtersInfo[fieldName];
        await this.orm.unlink(writeResModel, [recordId]);
        await this.load();
    }
}
