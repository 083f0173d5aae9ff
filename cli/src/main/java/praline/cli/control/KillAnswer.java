package praline.cli.control;

/** Which node was killed, as {@code POST /api/v1/nodes/NUMBER/kill} says it. */
public record KillAnswer(int number, String address, String role) {}
