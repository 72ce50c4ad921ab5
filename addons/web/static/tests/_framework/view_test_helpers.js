/** Views of tests. */

import { after, expect } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { Component, xml } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";
import { Deferred } from "@web/core/utils/concurrency";
import { WithSearch } from "@web/search/with_search/with_search";
import { getDefaultConfig, View } from "@web/views/view";
import { WebClient } from "@web/webclient/webclient";
import { mountWithCleanup } from "./component_test_helpers";
import { contains } from "./dom_test_helpers";
import { getMockEnv, getService, makeMockEnv } from "./env_test_helpers";
import { makeMockServer, MockServer } from "./mock_server/mock_server";

let nextViewId = 99_999;

/** Give a model a view of its own for this test. @returns {number} id */
function addView(model, type, arch) {
    const id = nextViewId++;
    const key = `${type === "tree" ? "list" : type},${id}`;
    model._views[key] = arch;
    after(() => delete model._views[key]);
    return id;
}

/**
 * Props of a view: archs are defined in the mock server.
 *
 * @param {Object} params
 * @returns {Object}
 */
export function parseViewProps(params) {
    const { arch, env: _env, config: _config, searchViewArch, ...props } = params;
    props.type = props.type === "tree" ? "list" : props.type;
    const model = MockServer.env[props.resModel];
    if (arch) {
        props.viewId = addView(model, props.type, arch);
        props.views = [...(props.views || []).filter(([, type]) => type !== props.type), [props.viewId, props.type]];
    }
    if (searchViewArch) {
        props.searchViewId = addView(model, "search", searchViewArch);
        props.views = [...(props.views || []), [props.searchViewId, "search"]];
    } else {
        props.searchViewId ??= false;
    }
    return props;
}

async function envOf(params) {
    const config = { ...getDefaultConfig(), ...params.config };
    if (params.env) {
        return Object.assign(Object.create(params.env), { config });
    }
    const env = getMockEnv() || (await makeMockEnv());
    return Object.assign(Object.create(env), { config });
}

/**
 * Show a view.
 *
 * @param {{type: string, resModel: string, arch?: string, resId?: number, searchViewArch?: string, context?: Object,
 *  domain?: Array, config?: Object, env?: Object} & Object} params also props of the view
 * @param {any} [target]
 * @returns {Promise<any>} the component of the view
 */
export async function mountView(params, target = null) {
    await makeMockServer();
    const env = await envOf(params);
    const props = parseViewProps(params);
    return mountWithCleanup(View, { env, props, target });
}

/** A view in a dialog. */
class ViewDialog extends Component {
    static components = { Dialog, View };
    static template = xml`
        <Dialog title="props.title || ''" size="'xl'" footer="false"><View t-props="props.viewProps"/></Dialog>`;
    static props = ["viewProps", "close", "onMounted", "title?"];

    setup() {
        this.props.onMounted(this);
    }
}

/** Show a view in a dialog. @returns {Promise<any>} the component of the dialog's content */
export async function mountViewInDialog(params) {
    await makeMockServer();
    const env = await envOf(params);
    const viewProps = parseViewProps(params);
    const shown = new Deferred();
    await mountWithCleanup(xmlComponent(), { env });
    getService("dialog").add(ViewDialog, { viewProps, onMounted: shown.resolve });
    const dialog = await shown;
    await animationFrame();
    return dialog;
}

function xmlComponent() {
    return class extends Component {
        static props = ["*"];
        static template = xml`<div class="o_action_manager"/>`;
    };
}

/**
 * Show a component with a search around it.
 *
 * @param {any} ComponentConstructor
 * @param {Object} [searchProps] of `WithSearch`
 * @param {Object} [config]
 * @returns {Promise<any>} the component
 */
export async function mountWithSearch(ComponentConstructor, searchProps = {}, config = {}) {
    await makeMockServer();
    const env = await envOf({ config });
    const { componentProps = {}, searchViewArch, ...props } = searchProps;
    const searched = searchProps.resModel && (searchViewArch || "searchViewId" in searchProps);
    if (searched) {
        const id = searchViewArch
            ? addView(MockServer.env[searchProps.resModel], "search", searchViewArch)
            : searchProps.searchViewId || false;
        const answer = MockServer.env[searchProps.resModel].get_views([[id, "search"]]);
        const { fields } = answer.models[searchProps.resModel];
        Object.entries(fields).forEach(([name, field]) => (field.name ??= name));
        Object.assign(props, { searchViewArch: answer.views.search.arch, searchViewFields: fields, searchViewId: id });
    }
    let shown = null;
    class Inner extends ComponentConstructor {
        setup() {
            super.setup();
            shown = this;
        }
    }
    class Parent extends Component {
        static components = { Inner, WithSearch };
        static template = xml`
            <WithSearch t-props="props.searchProps" t-slot-scope="search">
                <Inner t-props="{ ...search, ...props.componentProps }"/>
            </WithSearch>`;
        static props = ["searchProps", "componentProps"];
    }
    Inner.props = ["*"];
    await mountWithCleanup(Parent, { env, props: { searchProps: props, componentProps } });
    return shown;
}

/** Show the whole client. @param {Object} [options] as those of `mountWithCleanup`, and `WebClient` */
export async function mountWebClient({ WebClient: Class = WebClient, ...options } = {}) {
    const { env } = options;
    const own = env || getMockEnv() || (await makeMockEnv());
    const client = await mountWithCleanup(Class, {
        ...options,
        env: own,
        fixtureClassName: "o_web_client",
        noMainContainer: true,
    });
    await animationFrame();
    await animationFrame();
    return client;
}

/** Register a client action `__test__client__action__` that shows its params. */
export function useTestClientAction() {
    class TestClientAction extends Component {
        static props = ["*"];
        static template = xml`<div class="test_client_action">ClientAction_<t t-esc="props.action.params?.description"/></div>`;
    }
    registry.category("actions").add("__test__client__action__", TestClientAction, { force: true });
    return {
        tag: "__test__client__action__",
        target: "main",
        type: "ir.actions.client",
        params: { description: "Id 1" },
    };
}

// --- parts of views -----------------------------------------------------------------------------------------------

/**
 * @param {string} base selector
 * @param {{modifier?: string, index?: number, text?: string, root?: string, index?: number, target?: string,
 *  columnIndex?: number}} [options]
 * @returns {string}
 */
export function buildSelector(base, { index, modifier, target, text } = {}) {
    const selector = `${target ? `${target} ` : ""}${base}${modifier || ""}${text ? `:contains(${text})` : ""}`;
    return index === undefined ? selector : `${selector}:eq(${index})`;
}

const clickOn =
    (base) =>
    (options = {}) =>
        contains(buildSelector(base, options), options.root ? { root: options.root } : {}).click();

export const clickButton = (options = {}) => contains(buildSelector(`.btn:enabled`, options)).click();
export const clickCancel = clickOn(".o_form_button_cancel:not(.btn-disabled), .o_list_button_discard");
export const clickSave = (options = {}) => {
    const selectors = [".o_form_button_save", ".o_list_button_save"];
    return contains(selectors.map((base) => buildSelector(base, options)).join(", ")).click();
};
export const clickModalButton = (options = {}) => {
    const { index, text, target = ".modal", modifier } = options;
    return contains(buildSelector(`${target} footer button:enabled`, { index, text, modifier })).click();
};
export const clickViewButton = (options = {}) => contains(buildSelector(".o_view_controller button", options)).click();

/** Open the choices of a field. */
export async function clickFieldDropdown(fieldName) {
    await contains(`.o_field_widget[name='${fieldName}'] :is(.dropdown input, .o-autocomplete--input, input)`).click();
}

/** Choose one of the choices that are shown. @param {string} fieldName @param {string} itemContent its text */
export async function clickFieldDropdownItem(_fieldName, itemContent) {
    await contains(`.o-autocomplete--dropdown-item:contains(${itemContent})`).click();
}

/** Open the choices of a field, and choose one. */
export async function selectFieldDropdownItem(fieldName, itemContent) {
    await clickFieldDropdown(fieldName);
    await clickFieldDropdownItem(fieldName, itemContent);
}

/** Actions on the input of a field, see `contains`. */
export function fieldInput(name, options) {
    return contains(`.o_field_widget[name='${name}'] :is(input, textarea, [contenteditable=true])`, options);
}

/** Tell the page that nobody looks at it any more. */
export async function hideTab() {
    const before = Object.getOwnPropertyDescriptor(document, "visibilityState");
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
    await animationFrame();
    if (before) {
        Object.defineProperty(document, "visibilityState", before);
    } else {
        delete document["visibilityState"];
    }
}

/** `expect` of what markup says: `expectMarkup(value).toBe("<p/>")`. */
export function expectMarkup(value) {
    return expect(value?.toString());
}
