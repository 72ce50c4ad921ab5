import { ModelFieldSelector } from "@web/core/model_field_selector/model_field_selector";

/** Choice of a field, for the records of which another field of the form tells the model. */
export class DynamicModelFieldSelector extends ModelFieldSelector {}
