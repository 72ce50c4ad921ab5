import { cookie } from "@web/core/browser/cookie";
import { router } from "@web/core/browser/router";
import { browser } from "@web/core/browser/browser";
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
                const next = includeChildCompanies
                    ? withChildren(companyIds.length ? companyIds : [activeIds[0]])
                    : companyIds;
                cookie.set("cids", next.join(SEPARATOR));
                const { controller, props } = {
                    controller: action.currentController,
                    props: action.currentController?.props,
                };
                if (controller?.action?.type === "ir.actions.act_window" && props?.resId) {
                    router.pushState({ actionStack: router.current.actionStack }, { sync: true });
                }
                browser.setTimeout(() => browser.location.reload());
            },
        };
    },
};

registry.category("services").add("company", companyService);
