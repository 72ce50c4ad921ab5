export { openView as openViewItem } from "@web/webclient/debug_menu/debug_items";
