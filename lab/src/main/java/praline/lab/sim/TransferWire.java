package praline.lab.sim;

import praline.node.engine.LinkPurpose;
import praline.node.transfer.TransferFrame;
import praline.node.transfer.TransferFrame.ReceivedPart;
import praline.node.transfer.TransferFrame.Said;
import praline.node.transfer.TransferFrame.SharedPart;

/** HTTP's heads, and bodies without bytes. */
public enum TransferWire implements Wire<TransferFrame, Void> {
    INSTANCE;

    private static final int SEND_BUDGET = 262_144;

    @Override
    public LinkPurpose purpose() {
        return LinkPurpose.TRANSFER;
    }

    @Override
    public int wireSize(TransferFrame frame) {
        return frame.wireSize();
    }

    @Override
    public boolean isControl(TransferFrame frame) {
        return false;
    }

    @Override
    public int sendBudget() {
        return SEND_BUDGET;
    }

    @Override
    public boolean isPlain() {
        return false;
    }

    @Override
    public TransferFrame arriving(TransferFrame frame) {
        boolean isBody = frame instanceof SharedPart || frame instanceof Said;
        return isBody ? new ReceivedPart(new VirtualBlock(frame.wireSize(), true)) : frame;
    }

    /** The frame itself: how heads become bytes is tested where they do. */
    @Override
    public TransferFrame throughBytes(TransferFrame frame) {
        return frame;
    }
}
