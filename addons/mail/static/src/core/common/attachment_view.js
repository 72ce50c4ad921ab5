import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";

/** The file of a document that stands beside its form: a PDF or a picture, of which one leads to the others. */
export class AttachmentView extends Component {
    static template = "mail.AttachmentView";
    static components = {};
    static props = ["threadId", "threadModel"];

    setup() {
        this.store = useState(useService("mail.store"));
        this.state = useState({ thread: this.threadOf(this.props) });
        this.attachmentPopout = usePopoutAttachment();
        onWillUpdateProps((next) => {
            this.state.thread = this.threadOf(next);
        });
    }

    threadOf({ threadId: id, threadModel: model }) {
        return this.store.Thread.insert({ id, model });
    }

    get files() {
        return this.state.thread.attachmentsInWebClientView;
    }

    /** Which of the files is shown: the main one, or the first. */
    get index() {
        const { mainAttachment } = this.state.thread;
        return Math.max(
            0,
            this.files.findIndex((file) => file.eq(mainAttachment))
        );
    }

    get file() {
        return this.files[this.index];
    }

    get canPopout() {
        return true;
    }

    onClickPrevious() {
        this.show(this.index - 1);
    }

    onClickNext() {
        this.show(this.index + 1);
    }

    /** After the last file comes the first one. */
    show(index) {
        const { length } = this.files;
        return this.state.thread.setMainAttachmentFromIndex((index + length) % length);
    }

    onClickPopout() {
        this.attachmentPopout.popout(this.state.thread);
    }
}

/** The same in a window of its own, which cannot be put into another one. */
export class PopoutAttachmentView extends AttachmentView {
    static template = "mail.PopoutAttachmentView";

    get canPopout() {
        return false;
    }
}

/**
 * Have the file of a document stand in a window of its own.
 *
 * @returns {{popout: (thread: Object) => Window|null, resetPopout: () => void, updatePopout: (thread: Object) => void}}
 */
export function usePopoutAttachment() {
    const service = useService("mail.popout");
    const propsOf = ({ id, model }) => ({ threadId: id, threadModel: model });
    return {
        popout: (thread) => service.popout(PopoutAttachmentView, propsOf(thread)),
        resetPopout: () => service.reset(),
        /** Where there is such a window it shows the file of this document. */
        updatePopout: (thread) => service.update(propsOf(thread)),
    };
}
