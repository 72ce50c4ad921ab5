/** Favorites of a search: how the server keeps them, and what the client makes of them. */
import { Domain } from "@web/core/domain";
import { evaluateExpr, formatAST } from "@web/core/py_js/py";
import { toPyValue } from "@web/core/py_js/py_utils";
import { user } from "@web/core/user";
import { omit } from "@web/core/utils/objects";
import { stringToOrderBy } from "@web/search/utils/order_by";

const PRIVATE_GROUP = 1;
const SHARED_GROUP = 2;
const DEFAULT_KEY = /^search(panel)?_default_/;

/** "name desc" and "-name" are the same. */
function orderOf(item) {
    return item.startsWith("-") ? [{ name: item.slice(1), asc: false }] : stringToOrderBy(item);
}

/**
 * @param {Object} irFilter record of `ir.filters`
 * @param {number} id of the search item
 * @returns {Object} search item
 * @throws {Error} its order is not valid JSON
 */
export function favoriteItem(irFilter, id) {
    const isShared = !irFilter.user_id;
    const { comparison, group_by: groupBy, ...context } = evaluateExpr(irFilter.context || "{}", user.context);
    let sort;
    try {
        sort = JSON.parse(irFilter.sort || "[]");
    } catch (error) {
        throw new Error(`The sort of the favorite "${irFilter.name}" is not valid JSON`, { cause: error });
    }
    return {
        id,
        type: "favorite",
        groupId: -1,
        groupNumber: isShared ? SHARED_GROUP : PRIVATE_GROUP,
        description: irFilter.name,
        domain: irFilter.domain,
        context,
        comparison,
        groupBys: groupBy ? [].concat(groupBy) : [],
        orderBy: sort.flatMap(orderOf),
        userId: irFilter.user_id ? [].concat(irFilter.user_id)[0] : false,
        isDefault: irFilter.is_default,
        removable: true,
        editable: true,
        serverSideId: irFilter.id,
    };
}

/**
 * What is searched, as a favorite keeps it: without what is searched whatever the user does.
 *
 * @param {Object} search the model of the search
 * @returns {{comparison: Object|null, context: Object, domain: string, groupBys: string[], orderBy: Object[]}}
 */
export function preFavoriteValues(search) {
    const given = (recorder) => (search.env[recorder]?.callbacks || []).map((callback) => callback());
    const context = Object.assign({}, search.context, ...given("__getContext__"));
    const unwanted = Object.keys(context).filter((key) => key in user.context || DEFAULT_KEY.test(key));
    const ordered = given("__getOrderBy__").flatMap((orderBy) => orderBy || []);
    const searched = Domain.and([...search.queryDomains(), search.searchPanel.domain()]);
    return {
        comparison: search.getFullComparison(),
        context: omit(context, ...unwanted),
        domain: new Domain(searched.toList(search.domainEvalContext)).toString(),
        groupBys: search.groupBy,
        orderBy: ordered.length ? ordered : search.orderBy,
    };
}

/**
 * Values of the record that keeps the search.
 *
 * @param {Object} search the model of the search
 * @param {{description: string, isDefault?: boolean, isShared?: boolean, embeddedActionId?: number}} params
 * @returns {Object}
 */
export function irFilterValues(search, { description, isDefault = false, isShared = false, embeddedActionId }) {
    const { actionId, currentEmbeddedActionId } = search.env.config || {};
    const { comparison, context, domain, groupBys, orderBy } = search.getPreFavoriteValues();
    const embedded = embeddedActionId || currentEmbeddedActionId || false;
    return {
        name: description,
        action_id: actionId || false,
        model_id: search.resModel,
        domain,
        embedded_action_id: embedded,
        embedded_parent_res_id: (embedded && search.globalContext.active_id) || false,
        is_default: isDefault,
        sort: JSON.stringify(orderBy.map(({ name, asc }) => `${name}${asc === false ? " desc" : ""}`)),
        user_id: isShared ? false : user.userId,
        context: formatAST(toPyValue({ ...context, group_by: groupBys, ...(comparison && { comparison }) })),
    };
}
