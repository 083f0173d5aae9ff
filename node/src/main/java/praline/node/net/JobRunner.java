package praline.node.net;

import praline.node.engine.Job;
import praline.node.engine.JobResult;

/** Does the slow work that engines ask for. Runs on a worker thread and may block; jobs of one node come one by one. */
public interface JobRunner {

    /** Does {@code job} and says how it ended; a failure is a result, not an exception. */
    JobResult run(Job job);
}
