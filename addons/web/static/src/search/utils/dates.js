import { DateTime } from "luxon";
import { Domain } from "@web/core/domain";
import { serializeDate, serializeDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

export const DEFAULT_INTERVAL = "month";
const INTERVALS = { year: _t("Year"), quarter: _t("Quarter"), month: _t("Month"), week: _t("Week"), day: _t("Day") };
/** Intervals that dates are grouped by, coarse ones first. @type {Object<string, {id, description, groupNumber}>} */
export const INTERVAL_OPTIONS = Object.fromEntries(
    Object.entries(INTERVALS).map(([id, description]) => [id, { id, description, groupNumber: 1 }])
);
export const QUARTERS = [_t("Q1"), _t("Q2"), _t("Q3"), _t("Q4")];

/** Periods of a date filter: months, quarters and years around a date. */
export function getPeriodOptions(referenceMoment, { startMonth = -2, endMonth = 0, startYear = -2, endYear = 0 } = {}) {
    const options = [];
    for (let offset = endMonth; offset >= startMonth; offset--) {
        const date = referenceMoment.plus({ months: offset });
        options.push({
            id: toGeneratorId("month", offset),
            groupNumber: 1,
            description: date.toFormat("MMMM"),
            granularity: "month",
            set: { month: date.month },
            defaultYearId: toGeneratorId("year", date.year - referenceMoment.year),
        });
    }
    QUARTERS.forEach((description, index) => {
        options.push({
            id: ["first", "second", "third", "fourth"][index] + "_quarter",
            groupNumber: 1,
            description: description.toString(),
            granularity: "quarter",
            set: { month: index * 3 + 1 },
            defaultYearId: "year",
        });
    });
    for (let offset = endYear; offset >= startYear; offset--) {
        const year = referenceMoment.year + offset;
        options.push({
            id: toGeneratorId("year", offset),
            groupNumber: 2,
            description: String(year),
            granularity: "year",
            set: { year },
        });
    }
    return options;
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

const MONTHS = { month: 1, quarter: 3, year: 12 };
const COMPARISONS = { previous_period: _t("Previous Period"), previous_year: _t("Previous Year") };
/** What the chosen periods of a date filter are compared with. @type {Object<string, {id: string, description: any}>} */
export const COMPARISON_OPTIONS = Object.fromEntries(
    Object.entries(COMPARISONS).map(([id, description]) => [id, { id, description }])
);

/** @returns {{id: string, description: any}[]} */
export function getComparisonOptions() {
    return Object.values(COMPARISON_OPTIONS);
}

/** How many months lie between some ranges and those that they are compared with. */
function monthsBack(ranges, comparisonOptionId) {
    if (comparisonOptionId !== "previous_period") {
        return comparisonOptionId ? MONTHS.year : 0;
    }
    const starts = ranges.map(({ month, year }) => year * MONTHS.year + month);
    const ends = ranges.map(({ granularity }, index) => starts[index] + MONTHS[granularity]);
    return Math.max(...ends) - Math.min(...starts);
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
    const options = item.periodOptions;
    const chosen = options.filter(({ id }) => selectedIds.includes(id));
    const custom = chosen.find(({ granularity }) => !granularity);
    if (custom) {
        return { domain: Domain.and([custom.domain, item.domain || "[]"]), description: custom.description };
    }
    const years = chosen.filter(({ granularity }) => granularity === "year");
    const periods = chosen.filter(({ granularity }) => granularity !== "year");
    const spans = years.flatMap((year) =>
        (periods.length ? periods : [null]).map((period) => ({
            granularity: period ? period.granularity : "year",
            month: period ? period.set.month : 1,
            year: year.set.year,
        }))
    );
    const months = monthsBack(spans, comparisonOptionId);
    const ranges = spans.map((span) => rangeOf(item, span, months));
    return {
        domain: Domain.and([Domain.or(ranges.map((range) => range.domain)), item.domain || "[]"]),
        description: ranges.map((range) => range.description).join("/"),
    };
}

const QUARTER_LENGTH = 3;

/** How periods are called. */
const DESCRIPTIONS = {
    month: (date) => date.toFormat("MMMM yyyy"),
    quarter: (date) => `${QUARTERS[Math.floor((date.month - 1) / QUARTER_LENGTH)]} ${date.year}`,
    year: (date) => String(date.year),
};

/** Domain and text of a period, some months before it. */
function rangeOf({ fieldName, fieldType }, { granularity, month, year }, months) {
    const base = DateTime.fromObject({ year, month, day: 1 }).minus({ months });
    const end = base.plus({ months: MONTHS[granularity] }).minus({ milliseconds: 1 });
    const format = fieldType === "date" ? serializeDate : serializeDateTime;
    const domain = new Domain(["&", [fieldName, ">=", format(base)], [fieldName, "<=", format(end)]]);
    return { domain, description: DESCRIPTIONS[granularity](base) };
}

/** Interval of an id. */
export function getIntervalOptions() {
    return Object.values(INTERVAL_OPTIONS);
}

/** Order of periods as clicked or not: coarse first. */
export function rankInterval(intervalOptionId) {
    return Object.keys(INTERVAL_OPTIONS).indexOf(intervalOptionId);
}
