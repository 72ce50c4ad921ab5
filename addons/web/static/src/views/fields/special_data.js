import { onWillStart, onWillUpdateProps, useComponent } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { getFieldDomain } from "@web/model/relational_model/utils";
import { getField } from "@web/views/fields/field_value";

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
        special.data = await loadFn(orm, props);
    };
    onWillStart(() => load(component.props));
    onWillUpdateProps(load);
    return special;
}

/**
 * The records that a relational field may link to, as pairs of id and name.
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
