package praline.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Holds the program's classes to {@link ArchitectureRules}. Beside each rule stands a class that breaks it, compiled on
 * the spot, because a rule that finds nothing looks like a rule that is kept.
 */
class ArchitectureTest {
    private static final JavaClasses PRALINE = new ClassFileImporter()
            .withImportOption(location -> !location.contains("test-classes") && !location.contains("-tests.jar"))
            .importPackages("praline");

    @TempDir
    private Path folder;

    @Test
    void theRulesSeeEveryClassThatHasASource() {
        Set<String> seen = PRALINE.stream().map(JavaClass::getFullName).collect(Collectors.toSet());

        List<String> written = Project.here().javaFiles().stream()
                .filter(path -> path.contains("/src/main/java/") && !path.startsWith("bench/"))
                .map(path -> path.replaceAll(".*/java/|\\.java$", "").replace('/', '.'))
                .toList();

        assertThat(written).hasSizeGreaterThan(50).isSubsetOf(seen);
    }

    @ParameterizedTest
    @FieldSource("praline.house.ArchitectureRules#LAYERS")
    void aModuleImportsOnlyWhatStandsBelowIt(String layer) {
        ArchitectureRules.upwardsOnly(layer).check(PRALINE);
    }

    @Test
    void anEngineAsksItsHostForEverything() {
        ArchitectureRules.enginesAskTheirHost().check(PRALINE);
    }

    @Test
    void aProtocolDoesNothing() {
        ArchitectureRules.protocolsDoNothing().check(PRALINE);
    }

    @Test
    void vertxStaysAtTheEdge() {
        ArchitectureRules.vertxStaysAtTheEdge().check(PRALINE);
    }

    @Test
    void staticsAreConstants() {
        ArchitectureRules.staticsAreConstants().check(PRALINE);
    }

    @Test
    void packagesHaveAnOrder() {
        ArchitectureRules.packagesHaveAnOrder().check(PRALINE);
    }

    @Test
    void processesStartInTheClusterOnly() {
        ArchitectureRules.processesStartInTheClusterOnly().check(PRALINE);
    }

    @Test
    void aPeerThatKnowsTheCommandLineIsCaught() {
        assertCaught(ArchitectureRules.upwardsOnly("node"), "praline.node", "praline.cli.Praline up;");
    }

    @Test
    void aSocketAClockedFutureAFileOrAThreadInAnEngineIsCaught() {
        ArchRule rule = ArchitectureRules.enginesAskTheirHost();

        assertCaught(rule, "praline.node.overlay", "java.net.Socket socket;");
        assertCaught(rule, "praline.node.engine", "java.util.concurrent.CompletableFuture<String> later;");
        assertCaught(rule, "praline.supernode.index", "Object read() { return java.nio.file.Path.of(\"x\"); }");
        assertCaught(rule, "praline.node.transfer", "void start() { new Thread(() -> {}).start(); }");
        assertCaught(rule, "praline.node.swarm", "io.vertx.core.Vertx vertx;");
    }

    @Test
    void aCodecThatReadsAFileIsCaught() {
        assertCaught(
                ArchitectureRules.protocolsDoNothing(),
                "praline.protocol.gnutella",
                "boolean isThere() { return new java.io.File(\"x\").exists(); }");
    }

    @Test
    void vertxInALibraryIsCaughtAndInAVerticleIsNot() {
        ArchRule rule = ArchitectureRules.vertxStaysAtTheEdge();

        assertCaught(rule, "praline.node.library", "io.vertx.core.Vertx vertx;");
        rule.check(compiled(ImmutableMap.of("praline.node.net.Planted", "io.vertx.core.Vertx vertx;")));
        rule.check(
                compiled(ImmutableMap.of("praline.node.PeerVerticle", "class Inner { io.vertx.core.Vertx vertx; }")));
    }

    @Test
    void aStaticThatCanChangeIsCaught() {
        ArchRule rule = ArchitectureRules.staticsAreConstants();

        assertCaught(rule, "praline.lab", "static int count;");
        assertCaught(
                rule, "praline.lab", "static final java.util.Map<String, String> CACHE = new java.util.HashMap<>();");
        assertCaught(rule, "praline.lab", "static final java.util.concurrent.atomic.AtomicLong NEXT = null;");
        assertCaught(rule, "praline.lab", "static final praline.protocol.SplitMix64 RANDOM = null;");
        rule.check(compiled(ImmutableMap.of(
                "praline.lab.Planted", "static final com.google.common.collect.ImmutableList<String> A = null;")));
    }

    @Test
    void aProcessStartedElsewhereIsCaught() {
        ArchRule rule = ArchitectureRules.processesStartInTheClusterOnly();
        String start = "void start() throws java.io.IOException { new ProcessBuilder(\"true\").start(); }";

        assertCaught(rule, "praline.cli", start);
        assertCaught(rule, "praline.node", "void start() throws Exception { Runtime.getRuntime().exec(\"true\"); }");
        rule.check(compiled(ImmutableMap.of("praline.lab.cluster.Planted", start)));
    }

    @Test
    void packagesThatNeedEachOtherAreCaught() {
        assertCaught(
                ArchitectureRules.packagesHaveAnOrder(),
                ImmutableMap.of(
                        "praline.node.overlay.A",
                        "praline.node.dht.B b;",
                        "praline.node.dht.B",
                        "praline.node.overlay.A a;"));
    }

    private void assertCaught(ArchRule rule, String packageName, String body) {
        assertCaught(rule, ImmutableMap.of(packageName + ".Planted", body));
    }

    private void assertCaught(ArchRule rule, ImmutableMap<String, String> bodies) {
        JavaClasses planted = compiled(bodies);

        assertThatThrownBy(() -> rule.check(planted))
                .as("%s", bodies)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Architecture Violation")
                .hasMessageContaining("because");
    }

    private JavaClasses compiled(ImmutableMap<String, String> bodies) {
        return new ClassFileImporter().importPath(PlantedClasses.compile(folder, bodies));
    }
}
