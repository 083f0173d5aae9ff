package praline.node.engine;

import praline.protocol.AddressRules;

/** How careful a node is with addresses and rates: which world it lives in (spec/hardening.md L5). */
public enum Profile {
    /** Strangers: every rule as written. */
    INTERNET(AddressRules.INTERNET),
    /** Private addresses are normal; rules per address are four times as wide. */
    LAN(AddressRules.LAN),
    /** One machine, loopback only: no rules per address or port, rates a hundred times as wide. */
    LAB(AddressRules.LAB),
    /** A given network in the laboratory: slots, TTL, rates and result caps are what the scenario says. */
    EXPERIMENT(AddressRules.ANY);

    private final AddressRules addresses;

    Profile(AddressRules addresses) {
        this.addresses = addresses;
    }

    /** Which addresses that others tell may be kept, passed on and dialled. */
    public AddressRules addresses() {
        return addresses;
    }
}
