import { Component, onWillStart, onWillUpdateProps, reactive, useSubEnv, xml } from "@odoo/owl";
import { originalError } from "@web/core/errors/error_utils";
import { evaluateExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { useDebugCategory } from "@web/core/debug/debug_context";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { deepCopy, deepMerge, pick } from "@web/core/utils/objects";
import { parseXML } from "@web/core/utils/xml";
import { explainMissing, loadViewDescriptor } from "@web/views/lazy_views";
import { computeViewClassName } from "@web/views/utils";
import { WithSearch } from "@web/search/with_search/with_search";
import { CallbackRecorder, useActionLinks } from "@web/views/view_hook";
import { extractLayoutComponents } from "@web/search/layout";

const viewRegistry = registry.category("views");
/** Props that say which view it is; the others go to the controller. */
const OWN_PROPS = new Set([
    ...["resModel", "type", "viewId", "views", "arch", "fields", "relatedModels", "className", "display"],
    ...[
        "actionMenus",
        "loadActionMenus",
        "irFilters",
        "loadIrFilters",
        "noContentHelp",
        "useSampleModel",
        "isEmbedded",
        "jsClass",
    ],
    ...["searchViewArch", "searchViewFields", "searchViewId", "searchMenuTypes", "searchPanelState"],
    ...["context", "domain", "groupBy", "orderBy", "comparison"],
    ...["activateFavorite", "dynamicFilters", "hideCustomGroupBy"],
]);
/** Spaces that stay, as people write them in archs; XML does not know them. */
const SPACES = /&(?:amp;)?nbsp;/g;
/** What the context of an action may forbid in all its views. */
const DEEDS = ["create", "delete", "edit", "group_create", "group_delete", "group_edit"];
/** Props that make no sense without each other. */
const PAIRS = [
    ["arch", "fields"],
    ["searchViewArch", "searchViewFields"],
];
const SEARCH_PARAMS = ["comparison", "context", "domain", "groupBy", "orderBy"];
const RECORDERS = ["__beforeLeave__", "__getContext__", "__getGlobalState__", "__getLocalState__", "__getOrderBy__"];

export { viewRegistry };

/** Raised when a view has no component for its type. */
export class ViewNotFoundError extends Error {}

/** That there is no such view is said in the corner of the page, with what is shown left as it is. */
export function viewNotFoundErrorHandler(env, _uncaught, original) {
    const error = originalError(original);
    if (!(error instanceof ViewNotFoundError)) {
        return false;
    }
    env.services.notification.add(error.message, { sticky: true, type: "danger" });
    return true;
}
registry.category("error_handlers").add("viewNotFoundErrorHandler", viewNotFoundErrorHandler);

/** Configuration of the view in the environment. */
export function getDefaultConfig() {
    // where the view is: no action is before it
    const here = reactive({ jsId: "view", name: "" });
    return {
        actionId: false,
        actionType: false,
        embeddedActions: [],
        currentEmbeddedActionId: false,
        parentActionId: false,
        breadcrumbs: reactive([here]),
        disableSearchBarAutofocus: false,
        getDisplayName: () => here.name,
        setDisplayName: (name) => {
            here.name = name;
        },
        historyBack: () => {},
        pagerProps: {},
        noBreadcrumbs: false,
        rawArch: null,
        viewArch: null,
        viewId: null,
        viewSubType: null,
        viewType: null,
        viewSwitcherEntries: [],
        setEmbeddedActions: () => {},
        setCurrentEmbeddedAction: () => {},
    };
}

/** A view of a type on a model: fetches its description, wraps it with search. */
export class View extends Component {
    static template = xml`
        <t t-if="Controller">
            <WithSearch t-props="withSearchProps" t-slot-scope="search">
                <t t-component="Controller" t-on-click="handleActionLinks" t-props="this.componentProps(search)"/>
            </WithSearch>
        </t>`;
    static components = { WithSearch };
    static defaultProps = { display: {}, context: {}, loadActionMenus: false, loadIrFilters: false, className: "" };
    /** @type {Object} */
    static props = { "*": true };
    static searchMenuTypes = ["filter", "groupBy", "favorite"];
    static canOrderByCount = false;

    setup() {
        checkProps(this.props);
        this.viewService = useService("view");
        this.withSearchProps = null;
        useSubEnv({
            config: { ...getDefaultConfig(), ...this.env.config },
            keepLast: new KeepLast(),
            ...Object.fromEntries(
                RECORDERS.map((name) => [name, this.props[name] || this.env[name] || new CallbackRecorder()])
            ),
        });
        if (!this.env.inDialog) {
            useDebugCategory("view", { component: this });
        }
        this.handleActionLinks = useActionLinks({
            resModel: this.props.resModel,
            reload: () => this.searchModel.search(),
        });
        onWillStart(() => this.loadView(this.props));
        onWillUpdateProps((nextProps) => this.onWillUpdateProps(nextProps));
    }

    componentProps(search) {
        this.searchModel = search.searchModel;
        return { ...pick(search, ...SEARCH_PARAMS), ...this.componentOwnProps };
    }

    /** Fetch what is missing, and choose the controller and its props. */
    async loadView(props) {
        const { config } = this.env;
        const views = this.viewsOf(props);
        const description = await this.describe(props, views);
        const { arch, fields } = description;
        const archXml = typeof arch === "string" ? parseXML(arch.replace(SPACES, "\u00a0")) : arch;
        forbid(archXml, props.context);
        const subType = archXml.getAttribute("js_class");
        const descr = await loadViewDescriptor(subType || props.jsClass || null, props.type);
        if (!descr) {
            const reason = explainMissing([props.type]);
            throw new ViewNotFoundError(
                `No component is known for the views of type "${props.type}". ${reason}`.trim()
            );
        }
        Object.assign(config, { viewType: props.type, rawArch: arch, viewArch: archXml, viewSubType: subType });
        const info = {
            ...pick(description, "actionMenus", "irFilters", "searchViewArch", "searchViewId"),
            ...(description.customViewId && { customViewId: description.customViewId }),
            mode: props.display.mode,
            searchViewFields: description.searchViewFields || fields,
            viewId: config.viewId ?? props.viewId,
            views,
        };
        if (props.noContentHelp) {
            info.noContentHelp = props.noContentHelp;
        }
        const ownClass = /** @type {typeof View} */ (this.constructor);
        const generic = {
            ...forwardedProps(props),
            arch: archXml,
            className: computeViewClassName(descr.type || props.type, archXml, [props.className]),
            display: deepMerge(descr.display, props.display),
            fields,
            info,
            relatedModels: description.relatedModels || { [props.resModel]: { fields } },
            resModel: props.resModel,
            searchMenuTypes: props.searchMenuTypes || descr.searchMenuTypes || ownClass.searchMenuTypes,
            useSampleModel: props.useSampleModel ?? isSample(archXml),
        };
        this.Controller = descr.Controller;
        this.componentOwnProps = descr.props ? descr.props(generic, descr, config) : generic;
        this.withSearchProps = searchProps(props, descr, generic);
    }

    /** Pairs of id and type of the views of the action, with the one to show among them. */
    viewsOf({ type, viewId, views }) {
        const pairs = deepCopy(views || this.env.config.views || []);
        const own = pairs.find((pair) => pair[1] === type);
        if (!own) {
            pairs.push([viewId || false, type]);
        } else if (viewId) {
            own[0] = viewId;
        }
        return pairs;
    }

    /**
     * What the props tell of the view and of its search, completed by the server.
     *
     * @param {Object} props
     * @param {[number|false, string][]} views the view of the search is added to them
     * @returns {Promise<Object>} arch, fields, menus, and the arch, fields and favourites of the search
     */
    async describe(props, views) {
        const isSearched = props.searchViewId !== undefined;
        const isComplete =
            props.arch &&
            (props.actionMenus || !props.loadActionMenus) &&
            (props.irFilters || !props.loadIrFilters) &&
            (props.searchViewArch || !isSearched);
        if (isComplete) {
            return props;
        }
        if (isSearched && !views.some(([, type]) => type === "search")) {
            views.push([props.searchViewId, "search"]);
        }
        const { config } = this.env;
        const found = await this.viewService.loadViews(
            { ...pick(props, "context", "resModel"), views },
            {
                ...pick(props, "loadActionMenus", "loadIrFilters"),
                actionId: config.actionId,
                embeddedActionId: config.currentEmbeddedActionId,
            }
        );
        const own = found.views[props.type];
        config.viewId = own?.id ?? props.viewId;
        return {
            ...(props.arch ? props : { ...pick(found, "fields", "relatedModels"), arch: own.arch }),
            actionMenus: props.actionMenus ?? own?.actionMenus,
            customViewId: own?.custom_view_id,
            ...searchDescription(props, isSearched ? found.views.search : undefined, found.fields),
        };
    }

    async onWillUpdateProps(nextProps) {
        if (["arch", "resModel", "type", "viewId"].some((name) => nextProps[name] !== this.props[name])) {
            await this.loadView(nextProps);
        } else {
            Object.assign(this.withSearchProps, pick(nextProps, ...SEARCH_PARAMS));
        }
    }
}

function checkProps(props) {
    for (const name of ["resModel", "type"]) {
        if (!props[name]) {
            throw new Error(`A view is shown without its property "${name}"`);
        }
    }
    for (const pair of PAIRS) {
        if (pair.filter((name) => props[name]).length === 1) {
            throw new Error(`A view is shown with only one of its properties "${pair.join('" and "')}"`);
        }
    }
}

/** What is known of the search view by the props comes before what was fetched. */
function searchDescription(props, found, fields) {
    return {
        irFilters: props.irFilters ?? found?.irFilters,
        searchViewArch: props.searchViewArch ?? found?.arch,
        searchViewFields: props.searchViewFields ?? (found && fields),
        searchViewId: found ? found.id : props.searchViewId,
    };
}

/** A context that has a false value for a deed wins over the arch. */
function forbid(archXml, context) {
    for (const deed of DEEDS.filter((name) => name in context && !context[name])) {
        archXml.setAttribute(deed, "0");
    }
}

function forwardedProps(props) {
    const isForwarded = ([name, value]) => value !== undefined && !OWN_PROPS.has(name) && !name.startsWith("__");
    return Object.fromEntries(Object.entries(props).filter(isForwarded));
}

function isSample(archXml) {
    const sample = archXml.getAttribute("sample");
    return Boolean(sample && evaluateExpr(sample));
}

/** What the search around the controller needs. */
function searchProps(props, descr, { display, info, resModel, searchMenuTypes }) {
    return {
        ...pick(props, ...SEARCH_PARAMS, "activateFavorite", "dynamicFilters", "globalState", "hideCustomGroupBy"),
        ...pick(info, "searchViewArch", "searchViewFields", "searchViewId"),
        irFilters: info.irFilters || [],
        display: { ...extractLayoutComponents(descr), ...display },
        resModel,
        searchMenuTypes,
        canOrderByCount: descr.canOrderByCount ?? false,
        SearchModel: descr.SearchModel,
    };
}
