package praline.node.net;

import java.net.SocketException;
import praline.protocol.Endpoint;

/** A node cannot listen where it should. The message is one line for the user: what, where and why. */
public final class ListenException extends Exception {

    /** Why not. */
    public enum Problem {
        /** Another program, or another node of this one, listens there. */
        PORT_TAKEN,
        /** The address belongs to no interface of this machine. */
        NO_SUCH_ADDRESS,
        /** The system does not let this user listen there. */
        NOT_PERMITTED,
        /** The profile does not allow this address (spec/hardening.md L5). */
        OUTSIDE_PROFILE,
        /** Anything else; the cause says what. */
        OTHER
    }

    private final Problem problem;

    ListenException(Problem problem, Endpoint where, String why) {
        super("cannot listen on " + where + ": " + why);
        this.problem = problem;
    }

    ListenException(Problem problem, Endpoint where, String why, Throwable cause) {
        super("cannot listen on " + where + ": " + why, cause);
        this.problem = problem;
    }

    /** What {@code why}, which came from the system, means for the user. */
    static ListenException of(Endpoint where, Throwable why) {
        String detail = String.valueOf(why.getMessage());
        if (!(why instanceof SocketException)) {
            return new ListenException(Problem.OTHER, where, detail, why);
        }
        if (detail.contains("in use")) {
            return new ListenException(Problem.PORT_TAKEN, where, "the port is taken", why);
        }
        if (detail.contains("Cannot assign")) {
            return new ListenException(Problem.NO_SUCH_ADDRESS, where, "this machine has no such address", why);
        }
        if (detail.contains("ermission denied")) {
            return new ListenException(Problem.NOT_PERMITTED, where, "ports below 1024 need special rights", why);
        }
        return new ListenException(Problem.OTHER, where, detail, why);
    }

    public Problem problem() {
        return problem;
    }
}
