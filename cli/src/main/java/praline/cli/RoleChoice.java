package praline.cli;

import praline.node.overlay.Role;
import praline.node.overlay.RolePolicy;

/** What a user may have a node be. */
enum RoleChoice {
    FLAT(Role.FLAT, RolePolicy.FIXED),
    LEAF(Role.LEAF, RolePolicy.FIXED),
    SUPERNODE(Role.SUPERNODE, RolePolicy.FIXED),
    /** A leaf that leads when leaders are missing and it is able. */
    AUTO(Role.LEAF, RolePolicy.AUTO);

    private final Role role;
    private final RolePolicy policy;

    RoleChoice(Role role, RolePolicy policy) {
        this.role = role;
        this.policy = policy;
    }

    /** What it is, or begins as. */
    Role role() {
        return role;
    }

    RolePolicy policy() {
        return policy;
    }
}
