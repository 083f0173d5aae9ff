package praline.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.google.common.collect.ImmutableList;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Who may know whom among the classes of the program. Each rule says in {@code because} what to do about a violation.
 */
final class ArchitectureRules {
    /** From the ground upwards: a module knows those before it. */
    static final ImmutableList<String> LAYERS = ImmutableList.of("protocol", "node", "supernode", "lab", "cli");

    /** Everything that runs in both worlds, on TCP and in virtual time. */
    private static final String[] ENGINES = {
        "praline.node.engine..",
        "praline.node.overlay..",
        "praline.node.swarm..",
        "praline.node.dht..",
        "praline.node.transfer..",
        "praline.supernode.index..",
        "praline.supernode.routing..",
        "praline.supernode.tracker.."
    };

    /** What an engine must ask of its host. */
    private static final String[] WORLD = {
        "io.vertx..",
        "io.netty..",
        "java.io..",
        "java.net..",
        "java.nio.channels..",
        "java.nio.file..",
        "java.util.concurrent.."
    };

    private static final DescribedPredicate<JavaClass> THE_WORLD = resideInAnyPackage(WORLD)
            .and(not(nameMatching(".*(Exception|Error)")))
            .or(assignableTo(Thread.class))
            .as("the world outside: Vert.x, sockets, files, threads");

    private static final DescribedPredicate<JavaClass> AT_THE_EDGE = resideInAnyPackage(
                    "praline.node.net..", "praline.lab.cluster..", "praline.cli..")
            .or(belongTo(nameMatching("praline\\.node\\.PeerVerticle|praline\\.supernode\\.SupernodeVerticle")));

    private static final DescribedPredicate<JavaClass> MUTABLE = assignableTo(Collection.class)
            .or(assignableTo(Map.class))
            .and(not(nameMatching("com\\.google\\.common\\.collect\\.Immutable.*")))
            .or(assignableTo(RandomGenerator.class))
            .or(assignableTo(Thread.class))
            .or(assignableTo(ThreadLocal.class))
            .or(assignableTo(StringBuilder.class))
            .or(resideInAnyPackage("java.util.concurrent.."))
            .as("mutable");

    private ArchitectureRules() {}

    /** A module imports only what stands below it. */
    static ArchRule upwardsOnly(String layer) {
        String[] above = LAYERS.stream()
                .skip(LAYERS.indexOf(layer) + 1L)
                .map(name -> "praline." + name + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage("praline." + layer + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(above)
                .because("arrows run only upwards; let the lower module declare a port that the upper one implements")
                .allowEmptyShould(true);
    }

    /** An engine is plain state: it does nothing but call its host. */
    static ArchRule enginesAskTheirHost() {
        return noClasses()
                .that()
                .resideInAnyPackage(ENGINES)
                .should()
                .dependOnClassesThat(THE_WORLD)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("praline.node.net..", "praline.node.library..")
                .because("the same engine runs in virtual time; ask the Host: dial, submit, now, random, nextWake")
                .allowEmptyShould(true);
    }

    /** Codecs are functions from bytes to records and back. */
    static ArchRule protocolsDoNothing() {
        return noClasses()
                .that()
                .resideInAPackage("praline.protocol..")
                .should()
                .dependOnClassesThat(THE_WORLD.and(not(nameMatching("java\\.net\\.Inet(4|6)?Address"))))
                .because("protocol/ is pure functions over records; what does things belongs in node.net")
                .allowEmptyShould(true);
    }

    /** One package opens sockets; the rest of the program could live without Vert.x. */
    static ArchRule vertxStaysAtTheEdge() {
        return noClasses()
                .that(not(AT_THE_EDGE))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx..", "io.netty..")
                .because("only node.net, the verticles, lab.cluster and cli know Vert.x; declare a port and pass it in")
                .allowEmptyShould(true);
    }

    /** Many simulations run in one JVM, so nothing may be shared between them. */
    static ArchRule staticsAreConstants() {
        return fields().that()
                .areStatic()
                .should(beConstant())
                .because("many simulations share a JVM; pass state in, or declare an ImmutableList, -Set or -Map")
                .allowEmptyShould(true);
    }

    /** Whoever reads a package reads it once, with those below it. */
    static ArchRule packagesHaveAnOrder() {
        return slices().matching("praline.(**)")
                .should()
                .beFreeOfCycles()
                .because("two packages that need each other are one; move what both need below them")
                .allowEmptyShould(true);
    }

    /** No feature runs a program that a stranger could name (spec/hardening.md A10). */
    static ArchRule processesStartInTheClusterOnly() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("praline.lab.cluster..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .callMethodWhere(DescribedPredicate.describe(
                        "Runtime.exec",
                        call -> call.getTargetOwner().isEquivalentTo(Runtime.class)
                                && call.getName().equals("exec")))
                .because("only the cluster's launcher starts processes (spec/hardening.md A10)")
                .allowEmptyShould(true);
    }

    private static ArchCondition<JavaField> beConstant() {
        return new ArchCondition<>("be final and of an immutable type") {
            @Override
            public void check(JavaField field, ConditionEvents events) {
                boolean isConstant =
                        field.getModifiers().contains(JavaModifier.FINAL) && !MUTABLE.test(field.getRawType());
                events.add(new SimpleConditionEvent(field, isConstant, field.getDescription() + " is mutable"));
            }
        };
    }
}
