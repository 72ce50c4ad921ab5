import { Domain } from "@web/core/domain";

const DATES = ["date", "datetime"];

/**
 * What had come together before the time that a line shows: by the groups other than time.
 *
 * @param {Object} orm
 * @param {Object} metaData settings of the graph
 * @param {string[]} measures as the server is asked for them
 * @param {Object} context
 * @returns {Promise<Array<Map<string, number>|undefined>>} for each domain: sums by the JSON of the other groups' values
 */
export async function cumulatedStarts(orm, metaData, measures, context) {
    const { cumulatedStart, domains, fields, groupBy, mode } = metaData;
    const [first, ...others] = groupBy;
    if (!cumulatedStart || mode !== "line" || !DATES.includes(fields[first?.fieldName]?.type)) {
        return [];
    }
    return Promise.all(
        domains.map(({ arrayRepr }) => {
            const start = earliest(arrayRepr, first.fieldName);
            return start === null
                ? undefined
                : sumsBefore(orm, metaData, { arrayRepr, start, others, measures, context });
        })
    );
}

/** The first moment that a domain lets through; null when it does not limit the field from below. */
function earliest(domain, fieldName) {
    const bounds = domain
        .filter((leaf) => Array.isArray(leaf) && leaf[0] === fieldName && [">", ">=", "="].includes(leaf[1]))
        .map(([, , value]) => value);
    return bounds.length ? bounds.sort()[0] : null;
}

async function sumsBefore(orm, { groupBy, measure, resModel }, { arrayRepr, start, others, measures, context }) {
    const [{ fieldName }] = groupBy;
    const rest = Domain.removeDomainLeaves(arrayRepr, [fieldName]).toList({});
    const domain = Domain.and([rest, [[fieldName, "<", start]]]).toList({});
    const specs = others.map(({ spec }) => spec);
    const { groups } = await orm.webReadGroup(resModel, domain, measures, specs, { lazy: false, context });
    return new Map(
        groups.map((group) => {
            const value = group[measure];
            return [JSON.stringify(specs.map((spec) => group[spec])), Array.isArray(value) ? 1 : value || 0];
        })
    );
}
