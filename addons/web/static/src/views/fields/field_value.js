/** The field that a component stands for, by its standard props: what it is, what it holds, and how it changes. */

/** @typedef {import("@web/views/fields/standard_field_props").StandardFieldProps} StandardFieldProps */

/**
 * @param {StandardFieldProps} props
 * @returns {Object} definition of the field
 */
export function getField({ record, name }) {
    return record.fields[name];
}

/**
 * @param {StandardFieldProps} props
 * @returns {any} value of the field
 */
export function getValue({ record, name }) {
    return record.data[name];
}

/**
 * @param {StandardFieldProps & {string?: string}} props
 * @returns {string} what the view calls the field, else what its model calls it
 */
export function getLabel(props) {
    return props.string || getField(props).string || "";
}

/**
 * Change the field. The record is saved at once where the component is one that saves by itself (`autosave`).
 *
 * @param {StandardFieldProps & {autosave?: boolean}} props
 * @param {any} value
 * @param {{save?: boolean}} [options]
 * @returns {Promise<any>}
 */
export function setValue({ record, name, autosave = false }, value, { save = autosave } = {}) {
    return record.update({ [name]: value }, { save });
}

/** `isEmpty` of fields whose values always show something. */
export const neverEmpty = () => false;

/**
 * `isEmpty` of fields that have a value of their own for "nothing is set"; 0 and "" are values.
 *
 * @param {Object} record
 * @param {string} name
 */
export const isUnset = (record, name) => record.data[name] === false;
