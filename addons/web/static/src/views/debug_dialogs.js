import { Component, onWillStart, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** Text that is no input, as developers read it. */
class SourceDialog extends Component {
    static template = "web.SourceDialog";
    static components = { Dialog };
    static props = ["*"];

    get title() {
        return "";
    }

    get source() {
        return "";
    }
}

/** The arch as the client got it, with what inherits from it. */
export class ComputedArchDialog extends SourceDialog {
    get title() {
        return _t("Computed Arch: %s", this.props.type);
    }

    get source() {
        return this.props.arch;
    }
}

/** All values of a record. */
export class RawRecordDialog extends SourceDialog {
    get title() {
        return _t("Data");
    }

    get source() {
        const { record } = this.props;
        return JSON.stringify(Object.fromEntries(Object.entries(record).sort()), null, 4);
    }
}

/** Who made a record, when, and what it is called outside of the database. */
export class MetadataDialog extends Component {
    static template = "web.MetadataDialog";
    static components = { Dialog };
    static props = { close: Function, resId: Number, resModel: String };

    setup() {
        this.orm = useService("orm");
        this.title = _t("Metadata");
        /** @type {any} */
        this.state = useState({ xmlids: [] });
        onWillStart(() => this.load());
    }

    async load() {
        const { resId, resModel } = this.props;
        const [metadata] = await this.orm.call(resModel, "get_metadata", [[resId]]);
        Object.assign(this.state, metadata);
    }

    date(value) {
        return value ? formatDateTime(deserializeDateTime(value)) : "";
    }

    name(user) {
        return user ? user[1] : "";
    }

    async toggleNoupdate() {
        const { resId, resModel } = this.props;
        await this.orm.call("ir.model.data", "toggle_noupdate", [resModel, resId]);
        await this.load();
    }
}

/** Values of the record that new ones shall begin with. */
export class SetDefaultDialog extends Component {
    static template = "web.SetDefaultDialog";
    static components = { Dialog };
    static props = { close: Function, record: Object };

    setup() {
        this.orm = useService("orm");
        this.title = _t("Set Default Values");
        this.state = useState({ fieldName: "", condition: "", scope: "self" });
    }

    /** Fields of the form that a default can be kept for. */
    get fields() {
        const { activeFields, data, fields } = this.props.record;
        return Object.keys(activeFields)
            .filter(
                (name) => fields[name] && !["one2many", "many2many", "binary", "properties"].includes(fields[name].type)
            )
            .filter((name) => !fields[name].readonly && data[name] !== false && data[name] !== "")
            .map((name) => ({ name, string: fields[name].string }))
            .sort((one, other) => one.string.localeCompare(other.string));
    }

    /** Values of other fields on which the default may depend. */
    get conditions() {
        const { data, evalContext, fields } = this.props.record;
        return Object.keys(data)
            .filter((name) => fields[name]?.change_default && data[name])
            .map((name) => ({
                value: `${name}=${evalContext[name]}`,
                string: `${fields[name].string}=${evalContext[name]}`,
            }));
    }

    async save() {
        const { condition, fieldName, scope } = this.state;
        const { evalContext, resModel } = this.props.record;
        const params = [resModel, fieldName, evalContext[fieldName], scope === "self", true, condition || false];
        await this.orm.call("ir.default", "set", params);
        this.props.close();
    }
}
