import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useAfterRender, useBus, useOwnedDialogs, useService } from "@web/core/utils/hooks";
import { uuid } from "@web/core/utils/strings";
import { archProps, attr, dynamic, propTypes } from "@web/views/fields/arch_props";
import { getField, getValue, neverEmpty, setValue } from "@web/views/fields/field_value";
import { PropertyDefinition } from "@web/views/fields/properties/property_definition";
import { movedProperty, newName, sectionsOf } from "@web/views/fields/properties/property_order";
import { PropertyValue } from "@web/views/fields/properties/property_value";
import { usePropertyDrag } from "@web/views/fields/properties/property_drag";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

const ARCH_PROPS = {
    columns: attr("columns", Number),
    context: dynamic("context", true),
    showAddButton: attr("showAddButton", Boolean),
};

/** Properties that the parent of the record defines: their values, and for those who may, their definitions. */
export class PropertiesField extends Component {
    static template = "web.PropertiesField";
    static components = { PropertyValue };
    static props = { ...standardFieldProps, ...propTypes(ARCH_PROPS) };

    setup() {
        this.notification = useService("notification");
        this.addDialog = useOwnedDialogs();
        this.root = useRef("properties");
        this.popover = usePopover(PropertyDefinition, {
            popoverClass: "o_property_field_popover",
            position: "bottom-start",
            // the calendar and lists that the popover opens are above it, and its own
            closeOnClickAway: (target) => !target.closest?.(".o_popover, .modal, .o-autocomplete--dropdown-menu"),
        });
        this.state = useState({ canChangeDefinition: false, unfolded: this.readUnfolded() });
        /** What properties were when they were read, by the name that they have now. */
        this.initial = new Map();
        /** Name of the property that was added and is to be defined once it is shown. @type {string|null} */
        this.added = null;
        useAfterRender(() => {
            if (this.added && this.openDefinition(this.added, true)) {
                this.added = null;
            }
        });
        /** What the record is about to get. @type {Object[]|null} */
        this.latest = null;
        this.checkDefinitionWriteAccess = () => this.mayChange();
        usePropertyDrag(this.root, (name, target, isAfter) => this.onDrop(name, target, isAfter));
        useBus(this.props.record.model.bus, "PROPERTY_FIELD:ADD_PROPERTY_VALUE", () => this.add());
        onWillStart(async () => {
            const { resModel } = this.definitionRecord;
            this.state.canChangeDefinition = Boolean(resModel) && (await user.checkAccessRight(resModel, "write"));
        });
    }

    // ------------------------------------------------------------------ what is shown

    /** All properties in their order, those that are being deleted included. */
    get all() {
        return this.latest || getValue(this.props) || [];
    }

    get propertiesList() {
        return this.all.filter((property) => !property.definition_deleted);
    }

    /** The record that defines the properties: its model, and its id once there is one. */
    get definitionRecord() {
        const { record } = this.props;
        const name = getField(this.props).definition_record;
        const value = record.data[name];
        return { name, resModel: record.fields[name]?.relation, resId: Array.isArray(value) ? value[0] : false };
    }

    get canEditDefinition() {
        return !this.props.readonly && this.state.canChangeDefinition && Boolean(this.definitionRecord.resId);
    }

    get columns() {
        return this.env.isSmall ? 1 : Math.max(1, this.props.columns || 1);
    }

    /** Sections by separator; without any, one for each column. */
    get sections() {
        return sectionsOf(this.propertiesList, this.columns);
    }

    get hasSeparators() {
        return this.propertiesList.some(({ type }) => type === "separator");
    }

    isFolded({ separator }) {
        return Boolean(separator) && !this.state.unfolded.includes(separator.name);
    }

    /** Key of a property that stays when it is named anew, so that its popover stays, too. */
    keyOf({ name }) {
        return this.initial.get(name)?.name || name;
    }

    inputId({ name }) {
        return `${this.props.id || this.props.name}_${name}`;
    }

    isLabelMissing(property) {
        return !property.string;
    }

    valueProps(property) {
        return {
            canChangeDefinition: this.canEditDefinition,
            checkDefinitionWriteAccess: this.checkDefinitionWriteAccess,
            comodel: property.comodel || false,
            context: this.props.context || {},
            domain: property.domain || false,
            id: this.inputId(property),
            onChange: (value) => this.changeProperty(property.name, { value }),
            onTagsChange: (tags) => this.changeProperty(property.name, { tags, definition_changed: true }),
            readonly: Boolean(this.props.readonly),
            record: this.props.record,
            selection: property.selection || [],
            string: property.string || "",
            tags: property.tags || [],
            type: property.type,
            value: property.value,
        };
    }

    // ------------------------------------------------------------------ folding

    get foldKey() {
        const { resModel, resId } = this.definitionRecord;
        return `properties.fold,${resModel},${resId}`;
    }

    readUnfolded() {
        try {
            return JSON.parse(browser.localStorage.getItem(this.foldKey) || "[]");
        } catch {
            // whatever else was written there: nothing is unfolded
            return [];
        }
    }

    toggleFold({ name }) {
        const { unfolded } = this.state;
        this.setUnfolded(unfolded.includes(name) ? unfolded.filter((other) => other !== name) : [...unfolded, name]);
    }

    setUnfolded(names) {
        this.state.unfolded = names;
        browser.localStorage.setItem(this.foldKey, JSON.stringify(names));
    }

    // ------------------------------------------------------------------ changes

    /** Change the properties; further changes build on these though the record takes a moment. */
    async update(properties) {
        this.latest = properties;
        try {
            await setValue(this.props, properties);
        } finally {
            if (this.latest === properties) {
                this.latest = null;
            }
        }
    }

    changeProperty(name, changes) {
        return this.update(
            this.all.map((property) => (property.name === name ? { ...property, ...changes } : property))
        );
    }

    /** @returns {Promise<boolean>} whether the user may change the record that defines the properties */
    async mayChange() {
        const { resModel, resId } = this.definitionRecord;
        const isAllowed = Boolean(resId) && (await user.checkAccessRight(resModel, "write", [resId]));
        if (!isAllowed) {
            const message = resId
                ? _t("You may not change the properties of this record.")
                : _t("Choose what the record belongs to first: properties are defined there.");
            this.notification.add(message, { type: "warning" });
        }
        return isAllowed;
    }

    /** A new property, and the popover that says what it is. */
    async add() {
        if (this.props.readonly || !(await this.mayChange())) {
            return;
        }
        if (this.propertiesList.some((property) => this.isLabelMissing(property))) {
            await this.props.record.setInvalidField(this.props.name);
            this.notification.add(_t("Give the other property a label first."), { type: "warning" });
            return;
        }
        const name = uuid().replaceAll("-", "").slice(0, 16);
        const separators = this.propertiesList.filter(({ type }) => type === "separator");
        const last = separators.at(-1)?.name;
        if (last && !this.state.unfolded.includes(last)) {
            this.setUnfolded([...this.state.unfolded, last]);
        }
        await this.update([
            ...this.all,
            {
                name,
                string: _t("Property %s", this.propertiesList.length + 1).toString(),
                type: "char",
                definition_changed: true,
                value: false,
            },
        ]);
        this.added = name;
        this.render();
    }

    async onEditDefinition(name) {
        if (await this.mayChange()) {
            this.openDefinition(name);
        }
    }

    /** @returns {boolean} whether the property is there to open the popover beside */
    openDefinition(name, isNewlyCreated = false) {
        const target = this.root.el?.querySelector(`[property-name="${name}"] .o_field_property_open_popover`);
        const index = this.propertiesList.findIndex((property) => property.name === name);
        const property = this.propertiesList[index];
        if (!target || !property) {
            return false;
        }
        let current = name;
        this.popover.open(target, {
            canChangeDefinition: this.canEditDefinition,
            checkDefinitionWriteAccess: this.checkDefinitionWriteAccess,
            context: this.props.context || {},
            fieldName: this.props.name,
            isNewlyCreated,
            onChange: (definition) => {
                current = this.changeDefinition(current, definition);
            },
            onClose: () => isNewlyCreated && this.applyDefault(current),
            onDelete: () => this.askDelete(current),
            onPropertyMove: (_name, step) => this.move(current, step),
            propertiesSize: this.propertiesList.length,
            propertyDefinition: property,
            propertyIndex: index,
            readonly: Boolean(this.props.readonly),
            record: this.props.record,
        });
        return true;
    }

    /** @returns {string} name of the property now: values of another kind are kept apart by another name */
    changeDefinition(current, definition) {
        const known = this.all.find(({ name }) => name === current);
        const origin = this.initial.get(current) || { ...known };
        const name = newName({ current, origin, known, definition });
        this.initial.set(name, origin);
        this.update(
            this.all.map((property) => {
                if (property.name !== current) {
                    return property;
                }
                const value = name === current ? property.value : definition.value;
                return { ...definition, name, value, definition_changed: true };
            })
        );
        return name;
    }

    applyDefault(name) {
        const property = this.all.find((other) => other.name === name);
        if (property && property.default && !property.value?.length && !property.definition_deleted) {
            this.changeProperty(name, { value: property.default });
        }
    }

    askDelete(name) {
        const property = this.all.find((other) => other.name === name);
        this.addDialog(ConfirmationDialog, {
            title: _t("Delete the property"),
            body: _t(
                "The property “%s” and its values go from all records that have it. Do you want to go on?",
                property.string
            ),
            confirmLabel: _t("Delete"),
            confirmClass: "btn-danger",
            confirm: () => this.changeProperty(name, { definition_deleted: true, definition_changed: false }),
            cancel: () => {},
        });
    }

    // ------------------------------------------------------------------ order

    async move(name, step) {
        const names = this.propertiesList.map((property) => property.name);
        const target = names[names.indexOf(name) + step];
        if (target) {
            await this.update(movedProperty(this.all, name, target, step > 0));
        }
    }

    async onDrop(name, target, isAfter) {
        if (!this.canEditDefinition || !(await this.mayChange())) {
            return;
        }
        const sections = this.sections;
        const placeOf = (wanted) =>
            sections.findIndex(({ properties }) => properties.some((property) => property.name === wanted));
        const isOtherColumn = !this.hasSeparators && sections.length > 1 && placeOf(name) !== placeOf(target);
        if (!isOtherColumn) {
            await this.update(movedProperty(this.all, name, target, isAfter));
            return;
        }
        // columns are equally long by themselves: from now on groups say what stands where
        const columns = sections.map(({ properties }) => properties.filter((property) => property.name !== name));
        const moved = this.all.find((property) => property.name === name);
        const column = columns[placeOf(target)];
        column.splice(column.findIndex((property) => property.name === target) + (isAfter ? 1 : 0), 0, moved);
        const groups = columns.map((properties, index) => [this.separator(index + 1), ...properties]);
        this.setUnfolded([...this.state.unfolded, ...groups.map(([separator]) => separator.name)]);
        await this.update([...groups.flat(), ...this.all.filter((property) => property.definition_deleted)]);
    }

    separator(number) {
        const name = uuid().replaceAll("-", "").slice(0, 16);
        return {
            name,
            string: _t("Group %s", number).toString(),
            type: "separator",
            definition_changed: true,
            value: false,
        };
    }
}

export const propertiesField = {
    component: PropertiesField,
    displayName: _t("Properties"),
    supportedTypes: ["properties"],
    isEmpty: neverEmpty,
    ...archProps(ARCH_PROPS),
};

registry.category("fields").add("properties", propertiesField);
