import { Component, onWillStart, onWillUpdateProps, toRaw, useSubEnv, xml } from "@odoo/owl";
import { evaluateExpr } from "@web/core/py_js/py";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { deepCopy, pick } from "@web/core/utils/objects";
import { parseXML } from "@web/core/utils/xml";
import { WithSearch } from "@web/search/with_search/with_search";
import { CallbackRecorder } from "@web/views/view_hook";
import { extractLayoutComponents } from "@web/search/layout";

const viewRegistry = registry.category("views");
const STANDARD_PROPS = [
    "resModel",
    "arch",
    "fields",
    "relatedModels",
    "viewId",
    "views",
    "actionMenus",
    "loadActionMenus",
    "searchViewArch",
    "searchViewFields",
    "searchViewId",
    "irFilters",
    "loadIrFilters",
    "context",
    "domain",
    "groupBy",
    "orderBy",
    "display",
    "comparison",
    "className",
    "createRecord",
    "selectRecord",
    "globalState",
    "state",
    "limit",
    "noBreadcrumbs",
    "noContentHelp",
    "searchMenuTypes",
    "searchPanelState",
    "useSampleModel",
    "updateActionState",
    "hideCustomGroupBy",
    "dynamicFilters",
    "activateFavorite",
    "isEmbedded",
];

export { viewRegistry };

/** Raised when a view has no component for its type. */
export class ViewNotFoundError extends Error {}

/** Configuration of the view in the environment. */
export function getDefaultConfig() {
    const config = {
        actionId: false,
        actionType: false,
        embeddedActions: [],
        currentEmbeddedActionId: false,
        parentActionId: false,
        breadcrumbs: [],
        disableSearchBarAutofocus: false,
        getDisplayName: () => config.displayName,
        setDisplayName: (name) => {
            config.displayName = name;
        },
        historyBack: () => {},
        pagerProps: {},
        viewId: null,
        viewType: null,
        viewSwitcherEntries: [],
        setEmbeddedActions: () => {},
        setCurrentEmbeddedAction: () => {},
        displayName: "",
    };
    return config;
}

/** A view of a type on a model: fetches its description, wraps it with search. */
export class View extends Component {
    static template = xml`
        <t t-if="Controller">
            <WithSearch t-props="withSearchProps" t-slot-scope="search">
                <t t-component="Controller" t-props="this.componentProps(search)"/>
            </WithSearch>
        </t>`;
    static components = { WithSearch };
    static defaultProps = { display: {}, context: {}, loadActionMenus: false, loadIrFilters: false, className: "" };
    static props = { "*": true };
    static searchMenuTypes = ["filter", "groupBy", "favorite"];
    static canOrderByCount = false;

    setup() {
        const { arch, fields, resModel, searchViewArch, searchViewFields, type } = this.props;
        if (!resModel) {
            throw new Error('A view needs the prop "resModel" key');
        }
        if (!type) {
            throw new Error('A view needs the prop "type" key');
        }
        if ((arch && !fields) || (!arch && fields)) {
            throw new Error('"arch" and "fields" props must be given together');
        }
        if ((searchViewArch && !searchViewFields) || (!searchViewArch && searchViewFields)) {
            throw new Error('"searchViewArch" and "searchViewFields" props must be given together');
        }
        this.viewService = useService("view");
        this.withSearchProps = null;
        useSubEnv({
            keepLast: new KeepLast(),
            config: { ...getDefaultConfig(), ...this.env.config },
            ...Object.fromEntries(
                ["__getContext__", "__getGlobalState__", "__getLocalState__", "__beforeLeave__", "__getOrderBy__"].map(
                    (key) => [key, this.props[key] || this.env[key] || new CallbackRecorder()]
                )
            ),
        });
        onWillStart(() => this.loadView(this.props));
        onWillUpdateProps((nextProps) => this.onWillUpdateProps(nextProps));
    }

    componentProps(search) {
        const searchProps = pick(search, "comparison", "context", "domain", "groupBy", "orderBy");
        return { ...searchProps, ...this.componentOwnProps };
    }

    /** Fetch what is missing and choose controller and props. */
    async loadView(props) {
        const type = props.type;
        const views = deepCopy(props.views || this.env.config.views || []);
        if (!views.some(([, viewType]) => viewType === type)) {
            views.push([props.viewId || false, type]);
        } else if (props.viewId) {
            views.find(([, viewType]) => viewType === type)[0] = props.viewId;
        }
        let { arch, fields, relatedModels, actionMenus, searchViewId, searchViewArch, searchViewFields, irFilters } =
            props;
        const loadView = !arch || (!actionMenus && props.loadActionMenus);
        const withSearchView = searchViewId !== undefined;
        if (loadView || (withSearchView && !searchViewArch) || (!irFilters && props.loadIrFilters)) {
            if (withSearchView && !views.some(([, viewType]) => viewType === "search")) {
                views.push([searchViewId, "search"]);
            }
            const description = await this.viewService.loadViews(
                { context: props.context, resModel: props.resModel, views },
                {
                    actionId: this.env.config.actionId,
                    embeddedActionId: this.env.config.currentEmbeddedActionId,
                    loadActionMenus: props.loadActionMenus,
                    loadIrFilters: props.loadIrFilters,
                }
            );
            const own = description.views[type];
            if (!arch) {
                arch = own.arch;
                fields = description.fields;
                relatedModels = description.relatedModels;
            }
            this.env.config.viewId = own?.id ?? props.viewId;
            actionMenus ??= own?.actionMenus;
            if (withSearchView && description.views.search) {
                searchViewArch ??= description.views.search.arch;
                searchViewFields ??= description.fields;
                searchViewId = description.views.search.id;
                irFilters ??= description.views.search.irFilters;
            }
        }
        const archXml = typeof arch === "string" ? parseXML(arch) : arch;
        const subType = archXml.getAttribute("js_class");
        const name = subType && viewRegistry.contains(subType) ? subType : type;
        if (!viewRegistry.contains(name)) {
            throw new ViewNotFoundError(`No component is known for the views of type "${name}"`);
        }
        const descr = viewRegistry.get(name);
        const sample = archXml.getAttribute("sample");
        const className = [
            props.className,
            archXml.getAttribute("class"),
            "o_view_controller",
            `o_${descr.type || type}_view`,
            subType && subType !== name ? `o_${subType}` : "",
        ];
        Object.assign(this.env.config, { viewType: type, rawArch: arch, viewArch: archXml, viewSubType: subType });
        const info = {
            actionMenus,
            mode: props.display.mode,
            irFilters,
            searchViewArch,
            searchViewFields: searchViewFields || fields,
            searchViewId,
            viewId: this.env.config.viewId ?? props.viewId,
            views,
        };
        this.computeProps(props, { descr, archXml, fields, relatedModels, info, sample, subType, className, type });
    }

    computeProps(props, { descr, archXml, fields, relatedModels, info, sample, subType, className, type }) {
        const generic = {
            info,
            arch: archXml,
            fields,
            relatedModels: relatedModels || { [props.resModel]: { fields } },
            resModel: props.resModel,
            useSampleModel: props.useSampleModel ?? Boolean(sample && evaluateExpr(sample)),
            className: [...new Set(className.filter(Boolean).join(" ").split(" "))].join(" "),
        };
        if (subType && generic.className && !generic.className.includes(subType)) {
            generic.className += ` o_${subType}`;
        }
        for (const key of [
            "createRecord",
            "selectRecord",
            "globalState",
            "state",
            "limit",
            "noBreadcrumbs",
            "updateActionState",
        ]) {
            if (props[key] !== undefined) {
                generic[key] = props[key];
            }
        }
        generic.display = { ...(descr.display || {}), ...props.display };
        for (const key of Object.keys(generic.display)) {
            if (typeof descr.display?.[key] === "object" && typeof props.display?.[key] === "object") {
                generic.display[key] = { ...descr.display[key], ...props.display[key] };
            }
        }
        const others = Object.keys(props).filter(
            (key) => !STANDARD_PROPS.includes(key) && key !== "type" && !key.startsWith("__")
        );
        const genericWithSearch = { ...generic, ...pick(props, ...others) };
        genericWithSearch.searchMenuTypes =
            props.searchMenuTypes || descr.searchMenuTypes || this.constructor.searchMenuTypes;
        const finalProps = descr.props ? descr.props(genericWithSearch, descr, this.env.config) : genericWithSearch;
        const noContentHelp = props.noContentHelp;
        if (noContentHelp) {
            finalProps.info = { ...finalProps.info, noContentHelp };
        }
        this.Controller = descr.Controller;
        this.componentOwnProps = finalProps;
        this.withSearchProps = {
            ...toRaw(
                pick(
                    props,
                    "comparison",
                    "context",
                    "domain",
                    "groupBy",
                    "orderBy",
                    "irFilters",
                    "globalState",
                    "searchViewId",
                    "dynamicFilters",
                    "hideCustomGroupBy",
                    "activateFavorite"
                )
            ),
            resModel: props.resModel,
            searchMenuTypes: genericWithSearch.searchMenuTypes,
            SearchModel: descr.SearchModel,
            searchViewArch: info.searchViewArch,
            searchViewFields: info.searchViewFields,
            searchViewId: info.searchViewId,
            irFilters: info.irFilters || [],
            display: { ...extractLayoutComponents(descr), ...(generic.display || {}) },
        };
        this.viewType = type;
    }

    async onWillUpdateProps(nextProps) {
        const reload = ["arch", "type", "resModel", "viewId"].some((key) => nextProps[key] !== this.props[key]);
        if (reload) {
            await this.loadView(nextProps);
            return;
        }
        for (const key of ["comparison", "context", "domain", "groupBy", "orderBy"]) {
            if (key in nextProps) {
                this.withSearchProps[key] = nextProps[key];
            }
        }
    }
}
