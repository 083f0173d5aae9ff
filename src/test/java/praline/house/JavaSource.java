package praline.house;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** A Java file as its text and its syntax tree. It is parsed only, so it need not compile. */
final class JavaSource {
    private final String path;
    private final ImmutableList<String> lines;
    private final CompilationUnitTree tree;
    private final DocTrees trees;

    private JavaSource(String path, ImmutableList<String> lines, CompilationUnitTree tree, DocTrees trees) {
        this.path = path;
        this.lines = lines;
        this.tree = tree;
        this.trees = trees;
    }

    /** Parses one file; {@code path} is its path from the project's root, with slashes. */
    static JavaSource parse(String path, String text) {
        return parseAll(ImmutableMap.of(path, text)).get(0);
    }

    /** Parses many files, texts by path, with one compiler: ten times faster than one by one. */
    static ImmutableList<JavaSource> parseAll(ImmutableMap<String, String> texts) {
        List<JavaFileObject> files = new ArrayList<>();
        texts.forEach((path, text) -> files.add(inMemory(path, text)));
        JavacTask task = (JavacTask) ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, diagnostic -> {}, List.of("-proc:none"), null, files);
        DocTrees trees = DocTrees.instance(task);
        ImmutableList.Builder<JavaSource> sources = ImmutableList.builder();
        try {
            for (CompilationUnitTree tree : task.parse()) {
                String path = tree.getSourceFile().toUri().getPath().substring(1);
                ImmutableList<String> lines = texts.get(path).lines().collect(ImmutableList.toImmutableList());
                sources.add(new JavaSource(path, lines, tree, trees));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return sources.build();
    }

    private static JavaFileObject inMemory(String path, String text) {
        return new SimpleJavaFileObject(URI.create("string:///" + path), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
    }

    String path() {
        return path;
    }

    ImmutableList<String> lines() {
        return lines;
    }

    CompilationUnitTree tree() {
        return tree;
    }

    boolean isPackageInfo() {
        return path.endsWith("/package-info.java");
    }

    int firstLine(Tree node) {
        return lineAt(trees.getSourcePositions().getStartPosition(tree, node));
    }

    int lastLine(Tree node) {
        return lineAt(trees.getSourcePositions().getEndPosition(tree, node));
    }

    boolean hasJavadoc(TreePath node) {
        String comment = trees.getDocComment(node);
        return comment != null && !comment.isBlank();
    }

    private int lineAt(long position) {
        return (int) tree.getLineMap().getLineNumber(position);
    }
}
