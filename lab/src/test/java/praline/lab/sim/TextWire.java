package praline.lab.sim;

import praline.node.engine.LinkPurpose;

/** Text as messages: a letter weighs a byte, 100 letters may be under way, and capitals are control. */
enum TextWire implements Wire<String, String> {
    INSTANCE;

    static final int BUDGET = 100;

    @Override
    public LinkPurpose purpose() {
        return LinkPurpose.OVERLAY;
    }

    @Override
    public int wireSize(String message) {
        return message.length();
    }

    @Override
    public boolean isControl(String message) {
        return Character.isUpperCase(message.charAt(0));
    }

    @Override
    public int sendBudget() {
        return BUDGET;
    }

    @Override
    public String throughBytes(String message) {
        return message.toLowerCase(java.util.Locale.ROOT);
    }
}
