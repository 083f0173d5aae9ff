/**
 * The boundary between a participant and the world: what an engine is told, what it may ask, and the few structures
 * that every engine is built from (ARCHITECTURE.md).
 *
 * <p>Use: implement {@link praline.node.engine.Engine} for a participant; run it by a {@link praline.node.engine.Host},
 * which is either a Vert.x event loop or the laboratory's event queue.
 *
 * <p>Invariant: nothing here opens a socket, reads a clock, starts a thread, blocks or draws chance on its own; each
 * call of an engine is one event and runs to its end, and no answer comes from inside the call that asked.
 */
@NullMarked
package praline.node.engine;

import org.jspecify.annotations.NullMarked;
