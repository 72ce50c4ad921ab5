import { DateTime } from "luxon";
import { Domain } from "@web/core/domain";
import { serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

const MONTHS_OF_A_QUARTER = 3;
export const DEFAULT_INTERVAL = "month";
const INTERVALS = { year: _t("Year"), quarter: _t("Quarter"), month: _t("Month"), week: _t("Week"), day: _t("Day") };
/** Intervals that dates are grouped by, coarse ones first. @type {Object<string, {id, description, groupNumber}>} */
export const INTERVAL_OPTIONS = Object.fromEntries(
    Object.entries(INTERVALS).map(([id, description]) => [id, { id, description, groupNumber: 1 }])
);
/** Quarters of a year by their number: how they are called, and the numbers of their months. */
export const QUARTERS = Object.fromEntries(
    [_t("Q1"), _t("Q2"), _t("Q3"), _t("Q4")].map((description, index) => {
        const before = index * MONTHS_OF_A_QUARTER;
        return [index + 1, { description, coveredMonths: [before + 1, before + 2, before + 3] }];
    })
);
/** Quarters as periods of date filters, by their id. */
export const QUARTER_OPTIONS = Object.fromEntries(
    ["first_quarter", "second_quarter", "third_quarter", "fourth_quarter"].map((id, index) => [
        id,
        {
            id,
            groupNumber: 1,
            description: QUARTERS[index + 1].description,
            setParam: { quarter: index + 1 },
            granularity: "quarter",
        },
    ])
);
/** How many periods of a granularity a year has. */
export const PER_YEAR = { year: 1, quarter: 4, month: 12 };

/** Periods of a date filter: months, quarters and years around a date. */
export function getPeriodOptions(referenceMoment, { startMonth = -2, endMonth = 0, startYear = -2, endYear = 0 } = {}) {
    const options = [];
    for (let offset = endMonth; offset >= startMonth; offset--) {
        const { year } = referenceMoment.plus({ months: offset });
        options.push({
            id: toGeneratorId("month", offset),
            groupNumber: 1,
            format: "MMMM",
            granularity: "month",
            plusParam: { months: offset },
            defaultYearId: toGeneratorId("year", year - referenceMoment.year),
        });
    }
    options.push(...Object.values(QUARTER_OPTIONS).map((option) => ({ ...option, defaultYearId: "year" })));
    for (let offset = endYear; offset >= startYear; offset--) {
        options.push({
            id: toGeneratorId("year", offset),
            groupNumber: 2,
            format: "yyyy",
            granularity: "year",
            plusParam: { years: offset },
        });
    }
    return getOptionsWithDescriptions(options, referenceMoment);
}

/**
 * Periods with their names, where these depend on the day.
 *
 * @param {Object[]} options periods, those around a day with `format` and `plusParam`
 * @param {DateTime} referenceMoment the day
 * @returns {Object[]} copies with `description` and `setParam`
 */
export function getOptionsWithDescriptions(options, referenceMoment) {
    return options.map((option) => ({
        ...option,
        description: option.format
            ? referenceMoment.plus(option.plusParam).toFormat(option.format)
            : option.description.toString(),
        setParam: getSetParam(option, referenceMoment),
    }));
}

/**
 * The part of a date that a period says.
 *
 * @param {{granularity: string, setParam?: Object, plusParam?: Object}} option
 * @param {DateTime} referenceMoment day from which on `plusParam` counts
 * @returns {Object} such as `{ month: 7 }`
 */
export function getSetParam({ granularity, setParam, plusParam }, referenceMoment) {
    return setParam || { [granularity]: referenceMoment.plus(plusParam)[granularity] };
}

/**
 * The chosen periods of a date filter by their granularity.
 *
 * @param {DateTime} referenceMoment
 * @param {{periodOptions: Object[]}} searchItem
 * @param {string[]} selectedOptionIds
 * @returns {{year: Object[], quarter: Object[], month: Object[], withDomain: Object[]}} periods as `{ granularity,
 *  setParam }`; those that have a domain of their own, as they are
 */
export function getSelectedOptions(referenceMoment, searchItem, selectedOptionIds) {
    const selected = { year: [], quarter: [], month: [], withDomain: [] };
    for (const option of searchItem.periodOptions.filter(({ id }) => selectedOptionIds.includes(id))) {
        const { granularity } = option;
        if (granularity) {
            selected[granularity].push({ granularity, setParam: getSetParam(option, referenceMoment) });
        } else {
            selected.withDomain.push(option);
        }
    }
    return selected;
}

/** Put periods in order: long ones first, those of one length by time. @param {Object[]} options changed in place */
export function sortPeriodOptions(options) {
    const now = DateTime.local();
    const start = ({ setParam }) => beginning(now, setParam).toMillis();
    options.sort((a, b) => PER_YEAR[a.granularity] - PER_YEAR[b.granularity] || start(a) - start(b));
}

/** Id of the period that lies some units after now. @param {string} unit "month" or "year" @param {number} offset */
export function toGeneratorId(unit, offset) {
    return offset === 0 ? unit : `${unit}${offset > 0 ? "+" : "-"}${Math.abs(offset)}`;
}

/** Whether one of the chosen periods is a year. @param {string[]} ids */
export function yearSelected(ids) {
    return ids.some((id) => id.startsWith("year"));
}

/** Year option that goes with a period. */
export function defaultYearOf(options, periodId) {
    const option = options.find(({ id }) => id === periodId);
    return options.some(({ id }) => id === option?.defaultYearId) ? option.defaultYearId : "year";
}

const COMPARISONS = { previous_period: _t("Previous Period"), previous_year: _t("Previous Year") };
/** What the chosen periods of a date filter are compared with. @type {Object<string, {id: string, description: any}>} */
export const COMPARISON_OPTIONS = Object.fromEntries(
    Object.entries(COMPARISONS).map(([id, description]) => [id, { id, description }])
);

/** @returns {{id: string, description: any}[]} */
export function getComparisonOptions() {
    return Object.values(COMPARISON_OPTIONS);
}

const MONTHS_OF_A_YEAR = 12;

/** First moment of a period that `setParam` names, in the year of a day unless it says one. */
function beginning(referenceMoment, { quarter, ...parts }) {
    const month = quarter ? { month: QUARTERS[quarter].coveredMonths[0] } : {};
    return referenceMoment.startOf("year").set({ ...parts, ...month });
}

/** Each chosen month and quarter in each chosen year, or the years. @returns {Object[]} `{ granularity, setParam }` */
function chosenPeriods({ year: years, quarter, month }) {
    const parts = [...month, ...quarter];
    return years.flatMap((year) =>
        parts.length
            ? parts.map(({ granularity, setParam }) => ({ granularity, setParam: { ...year.setParam, ...setParam } }))
            : [year]
    );
}

/**
 * How far away the periods are that chosen ones are compared with.
 *
 * @param {DateTime} referenceMoment
 * @param {Object} selectedOptions as `getSelectedOptions` returns them
 * @param {string} [comparisonOptionId] id of one of `COMPARISON_OPTIONS`
 * @returns {Object} duration to add; the periods before end where the earliest of the chosen ones begins
 */
export function getComparisonParams(referenceMoment, selectedOptions, comparisonOptionId) {
    if (comparisonOptionId !== "previous_period") {
        return comparisonOptionId ? { years: -1 } : {};
    }
    const periods = chosenPeriods(selectedOptions);
    const starts = periods.map(({ setParam }) => {
        const { year, month } = beginning(referenceMoment, setParam);
        return year * MONTHS_OF_A_YEAR + month;
    });
    const ends = periods.map(({ granularity }, index) => starts[index] + MONTHS_OF_A_YEAR / PER_YEAR[granularity]);
    return { months: Math.min(...starts) - Math.max(...ends) };
}

/**
 * Domain and text of the chosen periods of a date filter, or of those before them.
 *
 * @param {DateTime} referenceMoment
 * @param {{fieldName: string, fieldType: string, periodOptions: Object[], domain?: string}} item
 * @param {string[]} selectedIds
 * @param {string} [comparisonOptionId] id of one of `COMPARISON_OPTIONS`
 * @returns {{domain: Domain, description: string}}
 */
export function constructDateDomain(referenceMoment, item, selectedIds, comparisonOptionId) {
    const selected = getSelectedOptions(referenceMoment, item, selectedIds);
    const [custom] = selected.withDomain;
    if (custom) {
        return { domain: Domain.and([custom.domain, item.domain || "[]"]), description: custom.description };
    }
    const plusParam = getComparisonParams(referenceMoment, selected, comparisonOptionId);
    const { fieldName, fieldType } = item;
    const ranges = chosenPeriods(selected).map((period) =>
        constructDateRange({ referenceMoment, fieldName, fieldType, plusParam, ...period })
    );
    return {
        domain: Domain.and([Domain.or(ranges.map((range) => range.domain)), item.domain || "[]"]),
        description: ranges.map((range) => range.description).join("/"),
    };
}

/** How periods are called. */
const DESCRIPTIONS = {
    month: (date) => date.toFormat("MMMM yyyy"),
    quarter: (date) => `${QUARTERS[date.quarter].description} ${date.year}`,
    year: (date) => String(date.year),
};

/**
 * Domain and text of one period.
 *
 * @param {Object} params
 * @param {DateTime} params.referenceMoment a day, for what `setParam` does not say
 * @param {string} params.fieldName
 * @param {"date"|"datetime"} params.fieldType
 * @param {"month"|"quarter"|"year"} params.granularity how long the period is
 * @param {Object} params.setParam parts of the date, as Luxon's `set` takes them
 * @param {Object} [params.plusParam] duration to add
 * @returns {{domain: Domain, description: string}}
 */
export function constructDateRange({ referenceMoment, fieldName, fieldType, granularity, setParam, plusParam }) {
    const start = beginning(referenceMoment, setParam).plus(plusParam || {});
    const end = start.endOf(granularity);
    const format = fieldType === "date" ? serializeDate : serializeDateTime;
    const domain = new Domain(["&", [fieldName, ">=", format(start)], [fieldName, "<=", format(end)]]);
    return { domain, description: DESCRIPTIONS[granularity](start) };
}

/** Interval of an id. */
export function getIntervalOptions() {
    return Object.values(INTERVAL_OPTIONS);
}

/** Order of periods as clicked or not: coarse first. */
export function rankInterval(intervalOptionId) {
    return Object.keys(INTERVAL_OPTIONS).indexOf(intervalOptionId);
}
