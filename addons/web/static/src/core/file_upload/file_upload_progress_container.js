import { Component } from "@odoo/owl";

/** The uploads that are under way, each with a component. */
export class FileUploadProgressContainer extends Component {
    static template = "web.FileUploadProgressContainer";
    static props = {
        Component: Function,
        fileUploads: Object,
        shouldDisplay: { type: Function, optional: true },
    };

    get uploads() {
        const { fileUploads, shouldDisplay = () => true } = this.props;
        return Object.values(fileUploads).filter((upload) => shouldDisplay(upload));
    }
}
