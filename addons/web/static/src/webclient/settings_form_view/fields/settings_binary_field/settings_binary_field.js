import { registry } from "@web/core/registry";
import { BinaryField, binaryField } from "@web/views/fields/binary/binary_field";

/** File that belongs to the record at the end of a related field: settings have no records of their own. */
export class SettingsBinaryField extends BinaryField {
    getDownloadData() {
        const { name, record } = this.props;
        const [relation, ...path] = (record.fields[name].related || "").split(".");
        const data = super.getDownloadData();
        if (path.length !== 1 || !record.data[relation]) {
            return data;
        }
        return { ...data, model: record.fields[relation].relation, id: record.data[relation][0], field: path[0] };
    }
}

export const settingsBinaryField = { ...binaryField, component: SettingsBinaryField };

registry.category("fields").add("base_settings.binary", settingsBinaryField);
