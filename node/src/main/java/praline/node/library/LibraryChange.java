package praline.node.library;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;

/**
 * What a scan found out since it last said so; apply it to a {@link Library}, the gone ones first.
 *
 * @param gone paths that are shared no more: vanished, or changed and not hashed yet
 * @param present files that are shared from now on
 */
public record LibraryChange(ImmutableList<Path> gone, ImmutableList<SharedFile> present) {}
