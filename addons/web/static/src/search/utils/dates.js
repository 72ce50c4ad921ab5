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
export const DEFAULT_PERIOD = "month";
const QUARTERS = [_t("Q1"), _t("Q2"), _t("Q3"), _t("Q4")];

/** Periods of a date filter: months, quarters and years around a date. */
export function getPeriodOptions(referenceMoment, { startMonth = -2, endMonth = 0, startYear = -2, endYear = 0 } = {}) {
    const options = [];
    for (let offset = endMonth; offset >= startMonth; offset--) {
        const date = referenceMoment.plus({ months: offset });
        const id = offset === 0 ? "month" : `month${offset > 0 ? "+" : "-"}${Math.abs(offset)}`;
        options.push({
            id,
            groupNumber: 1,
            description: date.toFormat("MMMM"),
            granularity: "month",
            set: { month: date.month },
            defaultYearId: yearId(date.year - referenceMoment.year),
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
            id: yearId(offset),
            groupNumber: 2,
            description: String(year),
            granularity: "year",
            set: { year },
        });
    }
    return options;
}

function yearId(offset) {
    return offset === 0 ? "year" : `year${offset > 0 ? "+" : "-"}${Math.abs(offset)}`;
}

/** Year option that goes with a period. */
export function defaultYearOf(options, periodId) {
    const option = options.find(({ id }) => id === periodId);
    return options.some(({ id }) => id === option?.defaultYearId) ? option.defaultYearId : "year";
}

/** Domain and text of the chosen periods of a date filter. */
export function constructDateDomain(referenceMoment, item, selectedIds) {
    const options = item.periodOptions;
    const chosen = options.filter(({ id }) => selectedIds.includes(id));
    const years = chosen.filter(({ granularity }) => granularity === "year");
    const periods = chosen.filter(({ granularity }) => granularity !== "year");
    const ranges = [];
    for (const year of years) {
        if (!periods.length) {
            ranges.push(rangeOf(referenceMoment, item, year, null));
        }
        for (const period of periods) {
            ranges.push(rangeOf(referenceMoment, item, year, period));
        }
    }
    return {
        domain: Domain.or(ranges.map((range) => range.domain)),
        description: ranges.map((range) => range.description).join("/"),
    };
}

function rangeOf(referenceMoment, { fieldName, fieldType }, year, period) {
    const granularity = period ? period.granularity : "year";
    const base = DateTime.fromObject({ year: year.set.year, month: period ? period.set.month : 1, day: 1 });
    const [start, end] = [base.startOf(granularity), base.endOf(granularity)];
    const format = fieldType === "date" ? serializeDate : serializeDateTime;
    const domain = new Domain(["&", [fieldName, ">=", format(start)], [fieldName, "<=", format(end)]]);
    const description = period ? `${period.description} ${year.description}` : year.description;
    return { domain, description };
}

/** Interval of an id. */
export function getIntervalOptions() {
    return Object.values(INTERVAL_OPTIONS);
}

/** Order of periods as clicked or not: coarse first. */
export function rankInterval(intervalOptionId) {
    return Object.keys(INTERVAL_OPTIONS).indexOf(intervalOptionId);
}
