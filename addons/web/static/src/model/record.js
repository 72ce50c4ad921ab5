import { Component, onWillStart, onWillUpdateProps, useState, xml } from "@odoo/owl";
import { useBus, useService } from "@web/core/utils/hooks";
import { deepEqual, pick } from "@web/core/utils/objects";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { addFieldDependencies, isX2Many, makeActiveField } from "@web/model/relational_model/utils";

const optional = (type) => ({ type, optional: true });
const DISPLAY_NAME = { name: "display_name", type: "char", readonly: true };

/** A model of one record, whose values may be known already. */
class StandaloneRelationalModel extends RelationalModel {
    /** @param {{resId?: number|false, values?: Object, mode?: string, context?: Object}} [params] */
    async load({ values, ...params } = {}) {
        if (!values) {
            await super.load(params);
            return;
        }
        const config = this._nextConfig(this.config, params);
        const data = await this.keepLast.add(this.completeValues(config, values));
        const root = this._createRoot(config, data);
        Object.assign(this, { config, root });
        await this.hooks.onRootLoaded?.(root);
        this.notify();
    }

    /** Names of records that values only give the ids of. */
    async completeValues({ activeFields, context, fields }, values) {
        const completed = await Promise.all(
            Object.keys(activeFields).map(async (name) => {
                const { relation } = fields[name];
                const value = values[name] ?? false;
                if (isX2Many(fields[name])) {
                    return [name, await this.readLines(activeFields[name], relation, value || [], context)];
                }
                if (fields[name].type === "many2one" && Number.isInteger(value)) {
                    const [named] = await this.orm.read(relation, [value], ["display_name"], { context });
                    return [name, [value, named?.display_name]];
                }
                return [name, value];
            })
        );
        return Object.fromEntries(completed);
    }

    /** Lines of a relation, of which ids are given, or all that is shown of them. */
    async readLines({ related }, relation, lines, context) {
        const names = Object.keys(related?.activeFields || {});
        if (!lines.length || !Number.isInteger(lines[0])) {
            return lines;
        }
        if (!names.length) {
            return lines.map((id) => ({ id }));
        }
        const specification = Object.fromEntries(names.map((name) => [name, {}]));
        return this.orm.webRead(relation, lines, { context, specification });
    }
}

/** Shows its slot with the record, once that is loaded. */
class _Record extends Component {
    static template = xml`<t t-slot="default" record="model.root"/>`;
    static props = ["slots", "info", "fields", "values?"];

    setup() {
        const { info } = this.props;
        const services = Object.fromEntries(RelationalModel.services.map((name) => [name, useService(name)]));
        const { mode = "readonly", resId = false, resModel, context = {} } = info;
        const fields = { ...this.props.fields };
        const activeFields = this.activeFields(fields);
        const config = { activeFields, context, fields, isMonoRecord: true, mode, resId, resIds: resId ? [resId] : [] };
        const { onRecordChanged } = info;
        const hooks = {
            ...info.hooks,
            ...(onRecordChanged && {
                onRecordChanged: (record, changes) => onRecordChanged(record, changes),
            }),
        };
        /** @type {any} */
        this.model = useState(
            new StandaloneRelationalModel(this.env, { config: { ...config, resModel }, hooks }, services)
        );
        useBus(this.model.bus, "update", () => this.render(true));
        onWillStart(() => this.model.load(this.loading(this.props)));
        onWillUpdateProps(async (nextProps) => {
            const isSame = (name) => deepEqual(this.props.info[name], nextProps.info[name]);
            const hasNewValues = !deepEqual(this.props.values, nextProps.values);
            if (hasNewValues || !["resId", "mode", "context"].every(isSame)) {
                await this.model.load(this.loading(nextProps));
            }
        });
    }

    loading({ info, values }) {
        return { ...pick(info, "context", "mode"), resId: info.resId || false, values };
    }

    /** How each field is read; of relations only the names, unless more is asked for. */
    activeFields(fields) {
        const { activeFields, fieldNames = Object.keys(fields) } = this.props.info;
        if (activeFields) {
            return { ...activeFields };
        }
        const active = Object.fromEntries(fieldNames.map((name) => [name, makeActiveField()]));
        for (const name of fieldNames.filter((key) => isX2Many(fields[key]))) {
            active[name].related = { activeFields: {}, fields: {} };
            addFieldDependencies(active[name].related.activeFields, active[name].related.fields, [DISPLAY_NAME]);
        }
        return active;
    }
}

/**
 * A record outside of views: its slot gets `record`. It is read by its id, or made of `values` that are known; without
 * either it is a new one.
 */
export class Record extends Component {
    static template = xml`
        <_Record fields="fields" slots="props.slots" values="props.values" info="props"/>`;
    static components = { _Record };
    static props = {
        slots: Object,
        resModel: optional(String),
        fieldNames: optional(Array),
        activeFields: optional(Object),
        fields: optional(Object),
        values: optional(Object),
        resId: { type: [Number, Boolean], optional: true },
        mode: optional(String),
        context: optional(Object),
        hooks: optional(Object),
        onRecordChanged: optional(Function),
    };

    setup() {
        const { activeFields, fieldNames, fields, resModel } = this.props;
        if (activeFields) {
            for (const name of fieldNames || []) {
                if (!(name in activeFields)) {
                    throw new Error(`"${name}" is among the names of fields, but not among the active fields`);
                }
            }
        }
        this.fields = fields;
        if (!fields) {
            const fieldService = useService("field");
            onWillStart(async () => {
                const names = fieldNames || Object.keys(activeFields || {});
                this.fields = await fieldService.loadFields(resModel, { fieldNames: names });
            });
        }
    }
}
