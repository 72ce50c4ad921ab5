export {
    FilterableSelectionField,
    filterableSelectionField,
} from "@web/views/fields/filterable_selection/filterable_selection_field";
