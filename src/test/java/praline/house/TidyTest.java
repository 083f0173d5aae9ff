package praline.house;

import static com.google.common.collect.ImmutableMap.toImmutableMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Reads every source file of the project and says what is untidy in it, and what to do. Beside the real files stand
 * small planted ones, one for each rule, because a rule that finds nothing looks like a rule that is kept.
 */
class TidyTest {
    private static final Project PROJECT = Project.here();
    private static final String JAVADOC = "package praline.lab;\n/** About something. */\n";

    @Test
    void everyJavaFileIsTidy() {
        ImmutableList<String> files = PROJECT.javaFiles();
        ImmutableMap<String, String> texts = files.stream().collect(toImmutableMap(path -> path, PROJECT::read));
        Ratchet ratchet = Ratchet.parse(PROJECT.read("src/test/resources/praline/house/ratchet.txt")
                .lines()
                .toList());

        List<Finding> findings = JavaSource.parseAll(texts).stream()
                .flatMap(source -> Tidy.findings(source).stream())
                .toList();

        assertThat(files).contains("protocol/src/main/java/praline/protocol/SplitMix64.java");
        assertThat(ratchet.complaints(findings)).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        assertThat(withoutInfo(PROJECT.javaFiles()))
                .as("packages without package-info.java: say what for, how to use, which invariant")
                .isEmpty();
    }

    @Test
    void everyScriptSaysWhatItIsFor() {
        assertThat(PROJECT.scripts())
                .isNotEmpty()
                .allSatisfy(path -> assertThat(PROJECT.read(path))
                        .as("%s: the second line is a comment that says what it does", path)
                        .matches("(?s)#!.*?\n# \\w.*"));
    }

    @Test
    void aPackageWithoutInfoIsFound() {
        assertThat(withoutInfo(List.of(
                        "node/src/main/java/praline/node/Peer.java",
                        "node/src/main/java/praline/node/package-info.java",
                        "node/src/test/java/praline/node/PeerTest.java",
                        "node/src/main/java/praline/node/dht/Table.java",
                        "src/test/java/praline/house/TidyTest.java")))
                .containsExactly("node/praline.node.dht", "src/test/praline.house");
    }

    @Test
    void aLongFileIsFound() {
        assertFound("file-lines", JAVADOC + "class A {}\n" + "\n".repeat(Tidy.FILE_LINES_MAX));
    }

    @Test
    void aLongMethodIsFound() {
        String body = "foo();\n".repeat(Tidy.METHOD_LINES_MAX - 2);

        assertFound("method-lines", JAVADOC + "class A { void decode() {\n" + body + "\n} }");
        assertThat(findings(JAVADOC + "class A { void decode() {\n" + body + "} }"))
                .isEmpty();
    }

    @Test
    void aLongLineIsFound() {
        assertFound("line-length", JAVADOC + "// " + "x".repeat(Tidy.LINE_LENGTH_MAX - 2) + "\nclass A {}");
    }

    @Test
    void aFileWithoutFirstCommentIsFound() {
        assertFound("first-comment", "package praline.lab; class A {}");
        assertFound("first-comment", "package praline.lab; /** */ class A {}");
        assertThat(Tidy.findings(JavaSource.parse("lab/package-info.java", "@NullMarked package praline.lab;")))
                .extracting(Finding::rule)
                .containsExactly("first-comment");
    }

    @Test
    void aPackageThatIsNotNullMarkedIsFound() {
        assertThat(Tidy.findings(JavaSource.parse("lab/package-info.java", "/** About. */ package praline.lab;")))
                .extracting(Finding::rule)
                .containsExactly("null-marked");
    }

    @Test
    void leftoversAreFound() {
        assertFound("leftover", JAVADOC + "class A {} // TO" + "DO later");
        assertFound("leftover", JAVADOC + "class A { /* FIX" + "ME */ }");
        assertFound("leftover", JAVADOC + "class A {} // " + "<".repeat(7) + " HEAD");
        assertFound("leftover", JAVADOC + "class A { @Disabled @Test void t() {} }");
        assertFound("sleep", JAVADOC + "class A { void t() { Thread.sleep(10); } }");
        assertFound("sleep", "import static java.lang.Thread.sleep;\n/** About. */ class A {}");
        assertFound("print", JAVADOC + "class A { void t() { System.out.println(); } }");
        assertFound("print", JAVADOC + "class A { void t(Exception e) { e.printStackTrace(); } }");
        assertFound("empty-catch", JAVADOC + "class A { void t() { try { } catch (Exception e) { /* */ } } }");
    }

    @Test
    void onlyTheCommandAndAMainMethodPrint() {
        String text = JAVADOC + "class A { void t() { System.out.println(); } }";

        assertThat(Tidy.findings(JavaSource.parse("cli/src/main/java/praline/cli/A.java", text)))
                .isEmpty();
        assertThat(findings(text.replace("void t()", "public static void main(String[] arguments)")))
                .isEmpty();
    }

    @Test
    void namesThatSayNothingAreFound() {
        assertFound("name", JAVADOC + "class ConnectionManager {}");
        assertFound("name", JAVADOC + "class A { static class BytesUtil {} }");
        assertFound("name", JAVADOC + "interface IPeer {}");
        assertFound("name", "package praline.lab.util;\n/** About. */ class A {}");
        assertThat(findings(JAVADOC + "class A { interface Id {} record IoFailure() {} class Implied {} }"))
                .noneMatch(finding -> finding.advice().startsWith("Id "));
    }

    @Test
    void aSuppressionWithoutReasonIsFound() {
        assertFound("suppression", JAVADOC + "@SuppressWarnings(\"Name\") class A {}");
        assertThat(findings(JAVADOC + "@SuppressWarnings(\"Name\") // because\n class A {}"))
                .isEmpty();
    }

    @Test
    void anOldOffenderMayShrinkButNeverGrow() {
        Ratchet ratchet = Ratchet.parse(List.of("# old", "", "file-lines lab/A.java 700"));

        assertThat(ratchet.complaints(List.of(old(700)))).isEmpty();
        assertThat(ratchet.complaints(List.of(old(701))))
                .singleElement()
                .asString()
                .contains("lab/A.java:1:");
        assertThat(ratchet.complaints(List.of(old(650))))
                .singleElement()
                .asString()
                .contains("from 700 to 650");
        assertThat(ratchet.complaints(List.of())).singleElement().asString().contains("delete the line");
    }

    private static Finding old(int lines) {
        return new Finding("file-lines", "lab/A.java", 1, lines, "too long");
    }

    /** Each package once, as {@code module/package}, that holds code but no {@code package-info}. */
    private static ImmutableList<String> withoutInfo(List<String> paths) {
        TreeSet<String> packages = new TreeSet<>();
        paths.forEach(path -> packages.add(packageOf(path)));
        paths.stream()
                .filter(path -> path.endsWith("/package-info.java"))
                .forEach(path -> packages.remove(packageOf(path)));
        return ImmutableList.copyOf(packages);
    }

    private static String packageOf(String path) {
        int sources = path.lastIndexOf("/java/praline");
        String module = path.substring(0, sources).replaceFirst("/src/(main|test)$", "");
        return module + "/"
                + path.substring(sources + "/java/".length(), path.lastIndexOf('/'))
                        .replace('/', '.');
    }

    private static void assertFound(String rule, String text) {
        assertThat(findings(text)).extracting(Finding::rule).containsExactly(rule);
    }

    private static ImmutableList<Finding> findings(String text) {
        return Tidy.findings(JavaSource.parse("lab/src/main/java/praline/lab/A.java", text));
    }
}
