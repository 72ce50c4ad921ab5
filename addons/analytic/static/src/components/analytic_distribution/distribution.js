/** What distributions are made of: `{"id" or "id,id": percentage}`, as lines that people change. */

/**
 * @typedef {Object} Plan
 * @property {number} id
 * @property {string} name
 * @property {string} applicability "mandatory" or "optional"
 */

/**
 * @param {Object} distribution
 * @returns {number[]} ids of its accounts, each once
 */
export function accountIds(distribution) {
    const ids = Object.keys(distribution || {}).flatMap((key) => key.split(",").map(Number));
    return [...new Set(ids.filter((id) => Number.isInteger(id) && id > 0))];
}

/**
 * @param {Object} distribution
 * @param {Object<number, number>} planOf root plan of each account
 * @returns {{accounts: Object<number, number>, percentage: number}[]} lines, with the account of each plan; accounts
 *     that are gone are left out
 */
export function toLines(distribution, planOf) {
    return Object.entries(distribution || {}).map(([key, percentage]) => {
        const known = accountIds({ [key]: 0 }).filter((id) => planOf[id]);
        return { accounts: Object.fromEntries(known.map((id) => [planOf[id], id])), percentage };
    });
}

/**
 * @param {{accounts: Object<number, number|false>, percentage: number}[]} lines
 * @returns {Object|false} distribution; lines with the same accounts are one, those without any are left out
 */
export function toDistribution(lines) {
    const distribution = {};
    for (const { accounts, percentage } of lines) {
        const key = Object.values(accounts).filter(Boolean).join(",");
        if (key && percentage) {
            distribution[key] = (distribution[key] || 0) + percentage;
        }
    }
    return Object.keys(distribution).length ? distribution : false;
}

/**
 * @param {{accounts: Object<number, number|false>, percentage: number}[]} lines
 * @param {number} planId
 * @returns {number} how much of the whole has an account of the plan
 */
export function totalOf(lines, planId) {
    const total = lines.reduce((sum, line) => sum + (line.accounts[planId] ? line.percentage : 0), 0);
    return Math.round(total * 1e6) / 1e6;
}
