/** Helpers for the periods of date filters, as addons use them (V185, V186). */
import { DateTime } from "luxon";
import { describe, expect, test } from "vitest";
import {
    constructDateDomain,
    constructDateRange,
    getComparisonParams,
    getOptionsWithDescriptions,
    getPeriodOptions,
    getSelectedOptions,
    getSetParam,
    PER_YEAR,
    QUARTER_OPTIONS,
    QUARTERS,
    sortPeriodOptions,
} from "@web/search/utils/dates";

const DAY = DateTime.local(2024, 3, 31);
const item = { fieldName: "day", fieldType: "date", periodOptions: getPeriodOptions(DAY) };

function range(granularity, setParam, plusParam) {
    const params = { referenceMoment: DAY, fieldName: "day", fieldType: "date" };
    const { domain, description } = constructDateRange({ ...params, granularity, setParam, plusParam });
    return [domain.toString(), description];
}

describe("V185: a period of time", () => {
    test("is a domain with both of its ends, and a text", () => {
        expect(range("month", { month: 2 })).toEqual([
            `["&", ["day", ">=", "2024-02-01"], ["day", "<=", "2024-02-29"]]`,
            "February 2024",
        ]);
        expect(range("quarter", { quarter: 4, year: 2023 })[1]).toBe("Q4 2023");
        expect(range("year", { year: 2022 }, { years: -1 })).toEqual([
            `["&", ["day", ">=", "2021-01-01"], ["day", "<=", "2021-12-31"]]`,
            "2021",
        ]);
    });

    test("ends with its last moment where the field has a time", () => {
        const params = { referenceMoment: DAY, fieldName: "at", fieldType: "datetime", granularity: "month" };
        const [, [, , first], [, , last]] = constructDateRange({ ...params, setParam: { month: 1 } }).domain.toList();
        expect(
            DateTime.fromSQL(last, { zone: "utc" })
                .diff(DateTime.fromSQL(first, { zone: "utc" }))
                .as("hours")
        ).toBe(31 * 24 - 1 / 3600);
    });

    test("quarters have numbers, months and ids", () => {
        expect(Object.keys(QUARTERS)).toEqual(["1", "2", "3", "4"]);
        expect(QUARTERS[2].coveredMonths).toEqual([4, 5, 6]);
        expect(QUARTER_OPTIONS.third_quarter).toMatchObject({ setParam: { quarter: 3 }, granularity: "quarter" });
        expect(QUARTER_OPTIONS.third_quarter.description.toString()).toBe("Q3");
        expect(PER_YEAR).toEqual({ year: 1, quarter: 4, month: 12 });
    });

    test("says its part of the date, and is named after it", () => {
        expect(getSetParam({ granularity: "month", plusParam: { months: -1 } }, DAY)).toEqual({ month: 2 });
        expect(getSetParam(QUARTER_OPTIONS.first_quarter, DAY)).toEqual({ quarter: 1 });
        const options = [{ format: "MMMM", granularity: "month", plusParam: { months: -3 } }];
        expect(getOptionsWithDescriptions(options, DAY)[0]).toMatchObject({ description: "December" });
        expect(options[0].description).toBe(undefined);
    });

    test("is found by its id, and comes before shorter and later ones", () => {
        const ids = ["month", "month-1", "second_quarter", "year-1", "year"];
        const selected = getSelectedOptions(DAY, item, ids);
        expect(selected.year.map(({ setParam }) => setParam.year)).toEqual([2024, 2023]);
        const all = [...selected.month, ...selected.quarter, ...selected.year];
        sortPeriodOptions(all);
        expect(all.map(({ setParam }) => setParam)).toEqual([
            { year: 2023 },
            { year: 2024 },
            { quarter: 2 },
            { month: 2 },
            { month: 3 },
        ]);
    });

    test("with a domain of its own has that", () => {
        const custom = { id: "custom_soon", description: "Soon", domain: `[("day", "=", 1)]` };
        const searchItem = { ...item, periodOptions: [...item.periodOptions, custom] };
        expect(getSelectedOptions(DAY, searchItem, ["custom_soon"]).withDomain).toEqual([custom]);
        expect(constructDateDomain(DAY, searchItem, ["custom_soon"]).description).toBe("Soon");
    });
});

test("V186: what is compared lies a year away, or right before all that is chosen", () => {
    const selected = (...ids) => getSelectedOptions(DAY, item, ids);
    expect(getComparisonParams(DAY, selected("month", "year"))).toEqual({});
    expect(getComparisonParams(DAY, selected("month", "year"), "previous_year")).toEqual({ years: -1 });
    expect(getComparisonParams(DAY, selected("month", "year"), "previous_period")).toEqual({ months: -1 });
    expect(getComparisonParams(DAY, selected("month", "month-2", "year"), "previous_period")).toEqual({ months: -3 });
    expect(getComparisonParams(DAY, selected("first_quarter", "year"), "previous_period")).toEqual({ months: -3 });
    expect(getComparisonParams(DAY, selected("year", "year-1"), "previous_period")).toEqual({ months: -24 });
    expect(constructDateDomain(DAY, item, ["month", "year"], "previous_period").description).toBe("February 2024");
});
