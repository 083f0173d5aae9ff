package praline.house;

import com.google.common.collect.ImmutableList;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PackageTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a tidy Java file looks like: its size, its first comment, its names, and what may not be left behind in it. */
final class Tidy {
    static final int FILE_LINES_MAX = 600;
    static final int METHOD_LINES_MAX = 70;
    static final int LINE_LENGTH_MAX = 120;

    private static final Pattern LEFTOVER =
            Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b|<{7}|>{7}");
    private static final Pattern EMPTY_NAME = Pattern.compile("(.*(Impl|Utils?|Manager|Helper|Factory)|I[A-Z][a-z].*)");
    private static final Pattern EMPTY_PACKAGE = Pattern.compile(".*\\b(impl|utils?|common|managers?|helpers?)\\b.*");

    private final JavaSource source;
    private final List<Finding> findings = new ArrayList<>();

    private Tidy(JavaSource source) {
        this.source = source;
    }

    /** Everything untidy in this file, in the order of the rules. */
    static ImmutableList<Finding> findings(JavaSource source) {
        Tidy tidy = new Tidy(source);
        tidy.readLines();
        new Reader().scan(source.tree(), tidy);
        return ImmutableList.copyOf(tidy.findings);
    }

    private void readLines() {
        int count = source.lines().size();
        if (count > FILE_LINES_MAX) {
            find(
                    "file-lines",
                    1,
                    count,
                    "the file has " + count + " lines, " + FILE_LINES_MAX
                            + " at most: it is about several things; give each a file");
        }
        for (int i = 0; i < count; i++) {
            readLine(i + 1, source.lines().get(i));
        }
    }

    private void readLine(int number, String line) {
        if (line.length() > LINE_LENGTH_MAX) {
            find(
                    "line-length",
                    number,
                    line.length(),
                    "the line has " + line.length() + " characters, " + LINE_LENGTH_MAX
                            + " at most: break the comment or the string");
        }
        Matcher leftover = LEFTOVER.matcher(line);
        if (leftover.find()) {
            find("leftover", number, 1, leftover.group() + ": do it and delete the mark");
        }
    }

    private void readPackage(PackageTree node, boolean hasJavadoc) {
        int line = source.firstLine(node);
        if (EMPTY_PACKAGE.matcher(node.getPackageName().toString()).matches()) {
            find("name", line, 1, "the package's name says nothing: call it after what is in it");
        }
        if (!source.isPackageInfo()) {
            return;
        }
        if (!hasJavadoc) {
            find("first-comment", line, 1, "say what the package is for, how to use it, which invariant holds it");
        }
        if (node.getAnnotations().stream()
                .noneMatch(a -> a.getAnnotationType().toString().equals("NullMarked"))) {
            find("null-marked", line, 1, "annotate the package with @NullMarked (org.jspecify.annotations)");
        }
    }

    private void readType(ClassTree node, boolean isTopLevel, boolean hasJavadoc) {
        int line = source.firstLine(node);
        String name = node.getSimpleName().toString();
        if (isTopLevel && !hasJavadoc) {
            find("first-comment", line, 1, "begin " + name + " with a Javadoc sentence that says what it is about");
        }
        if (EMPTY_NAME.matcher(name).matches()) {
            find("name", line, 1, name + " says nothing: call it after what it is or does");
        }
    }

    private void readMethod(MethodTree node) {
        int first = source.firstLine(node);
        int count = source.lastLine(node) - first + 1;
        if (count > METHOD_LINES_MAX) {
            String place = source.path() + "#" + node.getName();
            findings.add(new Finding(
                    "method-lines",
                    place,
                    first,
                    count,
                    "the method has " + count + " lines, " + METHOD_LINES_MAX
                            + " at most: it decides and computes; leave the ifs, move the work down"));
        }
    }

    private void readAnnotation(AnnotationTree node) {
        int line = source.firstLine(node);
        switch (node.getAnnotationType().toString()) {
            case "Disabled" -> find("leftover", line, 1, "a disabled test tests nothing: repair it or delete it");
            case "SuppressWarnings" -> {
                if (!isExplained(line) && !isExplained(source.lastLine(node))) {
                    find("suppression", line, 1, "say why, in a // comment on this line or the one above");
                }
            }
            default -> {
                // No opinion on the others.
            }
        }
    }

    private boolean isExplained(int line) {
        return source.lines().get(line - 1).contains("//")
                || (line > 1 && source.lines().get(line - 2).strip().startsWith("//"));
    }

    private void readCatch(CatchTree node) {
        if (node.getBlock().getStatements().isEmpty()) {
            find("empty-catch", source.firstLine(node), 1, "handle it, or let it out: nothing is lost in silence");
        }
    }

    private void readSelection(MemberSelectTree node, boolean isInMain) {
        int line = source.firstLine(node);
        String text = node.toString();
        if (text.matches("(java\\.lang\\.)?Thread\\.sleep")) {
            find("sleep", line, 1, "wait for what should happen (Awaitility in a test, an event in a program)");
        }
        boolean mayPrint = isInMain || source.path().startsWith("cli/");
        if (!mayPrint && text.matches("(java\\.lang\\.)?System\\.(out|err)")) {
            find("print", line, 1, "only cli and main methods print: log with slf4j, or return what there is to say");
        }
        if (node.getIdentifier().contentEquals("printStackTrace")) {
            find("print", line, 1, "log the exception with slf4j, as the last argument");
        }
    }

    private void find(String rule, int line, int size, String advice) {
        findings.add(new Finding(rule, source.path(), line, size, advice));
    }

    /** Walks the tree and hands each node to the method that has an opinion on it. */
    private static final class Reader extends TreePathScanner<Void, Tidy> {
        /** A program of its own, such as one that a test starts, prints its results. */
        private boolean isInMain() {
            for (Tree enclosing : getCurrentPath()) {
                if (enclosing instanceof MethodTree method && method.getName().contentEquals("main")) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Void visitPackage(PackageTree node, Tidy tidy) {
            tidy.readPackage(node, tidy.source.hasJavadoc(getCurrentPath()));
            return super.visitPackage(node, tidy);
        }

        @Override
        public Void visitClass(ClassTree node, Tidy tidy) {
            boolean isTopLevel = getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree;
            tidy.readType(node, isTopLevel, tidy.source.hasJavadoc(getCurrentPath()));
            return super.visitClass(node, tidy);
        }

        @Override
        public Void visitMethod(MethodTree node, Tidy tidy) {
            tidy.readMethod(node);
            return super.visitMethod(node, tidy);
        }

        @Override
        public Void visitAnnotation(AnnotationTree node, Tidy tidy) {
            tidy.readAnnotation(node);
            return super.visitAnnotation(node, tidy);
        }

        @Override
        public Void visitCatch(CatchTree node, Tidy tidy) {
            tidy.readCatch(node);
            return super.visitCatch(node, tidy);
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree node, Tidy tidy) {
            tidy.readSelection(node, isInMain());
            return super.visitMemberSelect(node, tidy);
        }
    }
}
