import { _t } from "@web/core/l10n/translation";
import { unique } from "@web/core/utils/arrays";

/** What stands for the place of a point on the axis. */
function placeOf({ labels }, { groupBy, mode }) {
    if (!groupBy.length) {
        return _t("Total").toString();
    }
    return mode === "pie" ? labels.join(" / ") : labels[0];
}

/** Whether the n-th span of time of one comparison stands over the n-th of the other. */
function isAligned({ comparisonField, domains, groupBy, mode }) {
    return domains.length > 1 && mode !== "pie" && groupBy[0]?.fieldName === comparisonField;
}

/**
 * Places of points on the axis.
 *
 * @returns {{labels: string[], indexOf: (point: Object) => number}}
 */
function makeAxis(points, metaData) {
    const placesOf = (some) => unique(some.map((point) => placeOf(point, metaData)));
    if (!isAligned(metaData)) {
        const labels = placesOf(points);
        const indexes = new Map(labels.map((label, index) => [label, index]));
        return { labels, indexOf: (point) => indexes.get(placeOf(point, metaData)) };
    }
    const origins = metaData.domains.map((domain, index) =>
        placesOf(points.filter(({ originIndex }) => originIndex === index))
    );
    const longest = Math.max(...origins.map((places) => places.length));
    const labels = Array.from({ length: longest }, (_item, index) => origins.find((places) => places[index])[index]);
    return { labels, indexOf: (point) => origins[point.originIndex].indexOf(placeOf(point, metaData)) };
}

/**
 * Series and the places of their values on the axis.
 *
 * @param {Object[]} points
 * @param {Object} metaData settings of the graph
 * @param {(point: Object) => string} nameOf name of the series of a point
 * @returns {{datasets: {label: string, data: number[], trueLabels: string[], domains: any[][], originIndex: number,
 *   cumulatedStart: number}[], labels: string[]}}
 */
export function prepareData(points, metaData, nameOf) {
    const { labels, indexOf } = makeAxis(points, metaData);
    const datasets = new Map();
    for (const point of points) {
        const label = nameOf(point);
        const key = JSON.stringify([point.originIndex, label]);
        if (!datasets.has(key)) {
            datasets.set(key, emptySeries(label, labels, point));
        }
        const series = datasets.get(key);
        const index = indexOf(point);
        series.data[index] = (series.data[index] || 0) + point.value;
        series.trueLabels[index] = placeOf(point, metaData);
        series.domains[index] = point.domain;
    }
    const found = [...datasets.values()];
    return { datasets: metaData.mode === "pie" ? withEmpty(found, labels, metaData) : found, labels };
}

/** Rings of a pie for all that is compared, also where nothing is. */
function withEmpty(datasets, labels, { domains }) {
    if (domains.length === 1) {
        return datasets;
    }
    return domains.map(({ description }, originIndex) => {
        const own = datasets.find((series) => series.originIndex === originIndex);
        return own || emptySeries(description, labels, { cumulatedStart: 0, originIndex });
    });
}

function emptySeries(label, labels, { cumulatedStart, originIndex }) {
    return {
        label,
        originIndex,
        cumulatedStart,
        data: labels.map(() => 0),
        trueLabels: [...labels],
        // where nothing is, nothing is found
        domains: labels.map(() => [[0, "=", 1]]),
    };
}
