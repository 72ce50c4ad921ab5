import { DropdownItem } from "@web/core/dropdown/dropdown_item";

/** Entry of a menu that is on or off. */
export class CheckboxItem extends DropdownItem {
    static template = "web.CheckboxItem";
    static props = { ...DropdownItem.props, checked: Boolean };
}
