import { onWillStart, onWillUpdateProps, toRaw, useComponent } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { getFieldDomain } from "@web/model/relational_model/utils";
import { getField } from "@web/views/fields/field_value";

/** What was asked for the fields of what is shown, by its root: after it is loaded again there is another root. */
const answers = new WeakMap();

/** An `orm` that asks the same only once for all records of a list, or of a form with its lines. */
function sharedOrm(orm, { model }) {
    const root = toRaw(model.root) || model;
    if (!answers.has(root)) {
        answers.set(root, new Map());
    }
    const known = answers.get(root);
    const ask = (method, request) => {
        const key = JSON.stringify([method, ...request]);
        if (!known.has(key)) {
            const answer = orm[method](...request);
            known.set(key, answer);
            answer.catch(() => known.delete(key));
        }
        return known.get(key);
    };
    return new Proxy(orm, {
        get:
            (_orm, method) =>
            (...request) =>
                ask(method, request),
    });
}

/**
 * Data that a field shows beside its value; they are loaded with the component and again when its props change.
 *
 * @template T
 * @param {(orm: Object, props: Object) => Promise<T>} loadFn
 * @returns {{data: T}}
 */
export function useSpecialData(loadFn) {
    const component = useComponent();
    const orm = useService("orm");
    const special = { data: /** @type {any} */ ({}) };
    const load = async (props) => {
        special.data = await loadFn(sharedOrm(orm, props.record), props);
    };
    onWillStart(() => load(component.props));
    onWillUpdateProps(load);
    return special;
}

/**
 * The records that a relational field may link to, as pairs of id and name, in the order of their model.
 *
 * @returns {{data: [number, string][]}}
 */
export function useRelatedRecords() {
    return useSpecialData(async (orm, props) => {
        const domain = getFieldDomain(props.record, props.name, props.domain);
        const specification = { display_name: {} };
        const { records } = await orm.webSearchRead(getField(props).relation, domain, { specification });
        return records.map(({ display_name: name, id }) => [id, name]);
    });
}

/**
 * The records that a relational field may link to, as pairs of id and name, as users search for them.
 *
 * @param {{limit?: number}} [search] more about the search
 * @returns {{data: [number, string][]}}
 */
export function useRelatedChoices(search = {}) {
    return useSpecialData((orm, props) => {
        const domain = getFieldDomain(props.record, props.name, props.domain);
        return orm.call(getField(props).relation, "name_search", ["", domain], search);
    });
}
