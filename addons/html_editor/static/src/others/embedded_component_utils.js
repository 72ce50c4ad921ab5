/** What components inside of a text ask of their hosts. */
export { getEmbeddedProps } from "@html_editor/fields/embedded_hosts";
