/** Values of records of the mock server: what commands make of x2many fields, and what `web_read` tells. */

/** @returns {number[]} the ids in an x2many field after some commands */
export function applyCommands(model, record, field, value) {
    if (!Array.isArray(value)) {
        return value ? [value] : [];
    }
    const related = model.env[field.relation];
    let ids = [...(field.type === "one2many" ? model._lines(record, field) : record[field.name] || [])];
    const inverse = field.type === "one2many" ? field.relation_field || field.inverse_name : null;
    const link = (id) => {
        if (!ids.includes(id)) {
            ids.push(id);
        }
        const [other] = related.browse([id]);
        if (inverse && other && related._fields[inverse]) {
            other[inverse] = record.id;
        }
    };
    const unlink = (id) => {
        ids = ids.filter((other) => other !== id);
        const [other] = related.browse([id]);
        if (inverse && other && other[inverse] === record.id) {
            other[inverse] = false;
        }
    };
    if (value.every((item) => !Array.isArray(item))) {
        ids = [];
        value.forEach(link);
        return ids;
    }
    const commands = {
        0: (_id, values) => link(related.create({ ...values, ...(inverse && { [inverse]: record.id }) })),
        1: (id, values) => related.write([id], values),
        2: (id) => (unlink(id), related.unlink([id])),
        3: unlink,
        4: link,
        5: () => [...ids].forEach(unlink),
        6: (_id, wanted) => {
            ids.filter((id) => !wanted.includes(id)).forEach(unlink);
            wanted.forEach(link);
        },
    };
    for (const [code, id, values] of value) {
        commands[code](id, values);
    }
    return ids;
}

/**
 * Read records as a specification says.
 *
 * @param {Object} model of the mock server
 * @param {Object[]} records
 * @param {Object<string, Object>} [specification] by name of field; `fields` of relations
 * @returns {Object[]}
 */
export function webRead(model, records, specification = {}) {
    return records.map((record) => {
        const result = { id: record.id };
        for (const [name, spec] of Object.entries(specification)) {
            if (model._fields[name]) {
                result[name] = readValue(model, record, name, spec);
            }
        }
        return result;
    });
}

function readValue(model, record, name, spec) {
    const field = model._fields[name];
    const value = model.valueOf(record, name);
    if (["one2many", "many2many"].includes(field.type)) {
        const related = model.env[field.relation];
        const active = value.filter((id) => related.browse([id]).every((other) => other.active !== false));
        const shown = spec.context?.active_test === false ? value : active;
        if (!spec.fields) {
            return shown;
        }
        const ordered = spec.order ? related._sorted(related.browse(shown), spec.order).map(({ id }) => id) : shown;
        const read = webRead(related, related.browse(ordered.slice(0, spec.limit || undefined)), spec.fields);
        const left = ordered.slice(read.length).map((id) => ({ id }));
        return [...read, ...left];
    }
    if (field.type === "many2one") {
        if (!value || !spec.fields) {
            return value;
        }
        const related = model.env[field.relation];
        return webRead(related, related.browse([value]), spec.fields)[0] || false;
    }
    if (field.type === "reference" && value && spec.fields) {
        const [relation, id] = value.split(",");
        const related = model.env[relation];
        const [read] = webRead(related, related.browse([Number(id)]), spec.fields);
        return read ? { ...read, id: { id: Number(id), model: relation } } : false;
    }
    if (field.type === "many2one_reference" && value && spec.fields) {
        const related = model.env[record[field.model_field]];
        return webRead(related, related.browse([value]), spec.fields)[0] || false;
    }
    if (field.type === "properties") {
        return readProperties(model, record, field);
    }
    return value;
}

/** Definitions of properties with the values of a record. */
function readProperties(model, record, field) {
    const values = record[field.name];
    if (Array.isArray(values) && values.length) {
        return values;
    }
    const parent = field.definition_record && model._fields[field.definition_record];
    const [owner] = parent ? model.env[parent.relation].browse([record[field.definition_record]]) : [];
    const definitions = owner?.[field.definition_record_field] || [];
    return definitions.map((definition) => ({
        ...definition,
        value: values?.[definition.name] ?? definition.default ?? false,
    }));
}
