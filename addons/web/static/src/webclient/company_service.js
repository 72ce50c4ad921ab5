import { cookie } from "@web/core/browser/cookie";
import { router } from "@web/core/browser/router";
import { browser } from "@web/core/browser/browser";
import { rpc, rpcBus } from "@web/core/network/rpc";
import { UPDATE_METHODS } from "@web/core/orm_methods";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { session } from "@web/session";

const SEPARATOR = "-";

function readActiveIds(allowed, defaultId) {
    const text = cookie.get("cids") || "";
    const ids = text
        .split(/[-,]/)
        .filter(Boolean)
        .map(Number)
        .filter((id) => id in allowed);
    return ids.length ? ids : [defaultId];
}

/** The page knows names, pictures and children of companies: it loads again when they are changed. */
function reloadWhenChanged(action) {
    rpcBus.addEventListener("RPC:RESPONSE", (/** @type {any} */ { detail }) => {
        const { model, method } = detail.data.params;
        if (model === "res.company" && UPDATE_METHODS.includes(method) && !detail.error) {
            action.doAction("reload_context");
        }
    });
}

/** Go to what is before the record that is shown if it cannot be read with other companies. */
async function leaveHiddenRecord({ currentController }, companyIds) {
    const stack = router.current.actionStack || [];
    const { resModel: model } = currentController?.props || {};
    const { resId } = stack.at(-1) || {};
    if (!Number.isInteger(resId) || !model) {
        return;
    }
    const context = { ...user.context, allowed_company_ids: companyIds };
    const params = { model, method: "has_access", args: [[resId], "read"], kwargs: { context } };
    if (!(await rpc(`/web/dataset/call_kw/${model}/has_access`, params))) {
        const before = stack.slice(0, -1);
        router.replaceState({ actionStack: before, ...before.at(-1) }, { replace: true, sync: true });
    }
}

/** Companies of the user and those active now. */
export const companyService = {
    dependencies: ["action"],
    start(env, { action }) {
        const info = session.user_companies || {
            allowed_companies: {},
            disallowed_ancestor_companies: {},
            current_company: false,
        };
        const allowed = info.allowed_companies;
        const all = { ...allowed, ...info.disallowed_ancestor_companies };
        const activeIds = readActiveIds(allowed, info.current_company);
        if (info.current_company) {
            user.updateContext({ allowed_company_ids: activeIds });
            cookie.set("cids", activeIds.join(SEPARATOR));
        }
        reloadWhenChanged(action);
        const withChildren = (ids) => {
            const result = [];
            const add = (id) => {
                if (!result.includes(id) && id in allowed) {
                    result.push(id);
                    (allowed[id].child_ids || []).forEach(add);
                }
            };
            ids.forEach(add);
            return result;
        };
        return {
            allowedCompanies: allowed,
            allowedCompaniesWithAncestors: all,
            disallowedAncestorCompanies: info.disallowed_ancestor_companies,
            get activeCompanyIds() {
                return activeIds.slice();
            },
            get currentCompany() {
                return allowed[activeIds[0]];
            },
            getCompany: (id) => all[id],
            /** Work with other companies; the page reloads. */
            async setCompanies(companyIds, includeChildCompanies = true) {
                const chosen = companyIds.length ? companyIds : [activeIds[0]];
                const next = includeChildCompanies ? withChildren(chosen) : chosen;
                await leaveHiddenRecord(action, next);
                user.updateContext({ allowed_company_ids: next });
                cookie.set("cids", next.join(SEPARATOR));
                browser.setTimeout(() => browser.location.reload());
            },
        };
    },
};

registry.category("services").add("company", companyService);
