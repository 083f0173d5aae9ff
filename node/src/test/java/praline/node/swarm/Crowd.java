package praline.node.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import praline.node.engine.Profile;
import praline.node.swarm.Choker.Candidate;
import praline.protocol.Endpoint;

/**
 * Peers before a choker: applies what it decides as an engine would, and holds every decision to the rules that all
 * strategies share.
 */
final class Crowd {

    static final int SECOND = 1_000;
    static final SwarmConfig CONFIG = SwarmConfig.standard(Endpoint.ofIpv4(0x7F00_0001, 6881), Profile.INTERNET);
    static final int SLOTS = CONFIG.slots() + CONFIG.optimisticSlots();

    private static final int CALM = CONFIG.roundMillis() / 2;

    private final Choker choker;
    private final List<Member> members = new ArrayList<>();
    private int lastId;
    long now = 1_000_000;

    Crowd(Choker choker) {
        this.choker = choker;
    }

    static SwarmConfig choosing(SwarmConfig.Choking choking) {
        return new SwarmConfig(
                CONFIG.self(),
                CONFIG.profile(),
                CONFIG.picker(),
                choking,
                CONFIG.slots(),
                CONFIG.optimisticSlots(),
                CONFIG.roundMillis(),
                CONFIG.optimisticMillis(),
                CONFIG.upRate(),
                CONFIG.downRate(),
                CONFIG.limits());
    }

    /** One peer, and what a choker sees of it. */
    final class Member {
        final int id = ++lastId;
        final long connectedAt = now;
        boolean isInterested = true;
        boolean isSnubbed;
        boolean isBeingServed;
        long downRate;
        long upRate;
        boolean isUnchoked;
        long unchokedAt = Long.MIN_VALUE;
        long chokedAt = Long.MIN_VALUE;

        /** How often it was unchoked. */
        int turns;

        Member gives(long rate) {
            downRate = rate;
            return this;
        }

        Member takes(long rate) {
            upRate = rate;
            return this;
        }

        boolean isFresh() {
            return isUnchoked && unchokedAt > now - CALM;
        }

        private Candidate seen() {
            return new Candidate(
                    id, isInterested, isSnubbed, isUnchoked, unchokedAt, connectedAt, downRate, upRate, isBeingServed);
        }

        private void set(boolean unchoked) {
            if (unchoked == isUnchoked) {
                return;
            }
            isUnchoked = unchoked;
            if (unchoked) {
                unchokedAt = now;
                turns++;
            } else {
                chokedAt = now;
            }
        }
    }

    Member join() {
        Member member = new Member();
        members.add(member);
        return member;
    }

    void leave(Member member) {
        members.remove(member);
    }

    List<Member> members() {
        return members;
    }

    List<Member> unchoked() {
        return members.stream().filter(member -> member.isUnchoked).toList();
    }

    /** Lets {@code rounds} pass, 10 s each. */
    void rounds(int rounds) {
        for (int i = 0; i < rounds; i++) {
            now += CONFIG.roundMillis();
            round();
        }
    }

    void round() {
        long freshBefore = members.stream()
                .filter(member -> member.isInterested && member.isFresh())
                .count();
        List<Member> fresh = members.stream().filter(Member::isFresh).toList();
        apply(choker.round(now, seen()));
        assertThat(fresh).as("unchoked a moment ago").allMatch(member -> member.isUnchoked);
        assertThat(slotsTaken()).isLessThanOrEqualTo(Math.max(SLOTS, freshBefore));
        assertNoSlotIdles();
    }

    void fill() {
        List<Member> before = unchoked();
        List<Member> justChoked =
                members.stream().filter(member -> member.chokedAt > now - CALM).toList();
        long takenBefore = slotsTaken();
        apply(choker.fill(now, seen()));
        assertThat(unchoked()).as("nobody loses a slot between rounds").containsAll(before);
        assertThat(slotsTaken()).isLessThanOrEqualTo(Math.max(SLOTS, takenBefore));
        assertThat(justChoked).as("choked a moment ago").allMatch(member -> !member.isUnchoked);
        assertNoSlotIdles();
    }

    private long slotsTaken() {
        return members.stream()
                .filter(member -> member.isInterested && member.isUnchoked)
                .count();
    }

    private void assertNoSlotIdles() {
        if (slotsTaken() < SLOTS) {
            assertThat(members)
                    .as("a slot is free")
                    .noneMatch(member -> member.isInterested && !member.isUnchoked && member.chokedAt <= now - CALM);
        }
    }

    private void apply(ImmutableSet<Integer> chosen) {
        members.forEach(member -> member.set(chosen.contains(member.id)));
        assertThat(members).extracting(member -> member.id).containsAll(chosen);
    }

    private ImmutableList<Candidate> seen() {
        return members.stream().map(Member::seen).collect(ImmutableList.toImmutableList());
    }
}
