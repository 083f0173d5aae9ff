package praline.node.transfer;

import com.google.common.collect.ImmutableList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import praline.node.engine.CloseReason;
import praline.node.engine.DialFailure;
import praline.node.engine.Link;
import praline.node.engine.Timers;
import praline.protocol.Endpoint;
import praline.protocol.http.Giv;
import praline.protocol.http.PushProxyAsk;

/**
 * Opens links to sources. One that can be dialled is dialled. One whose hit says that it needs a push is asked to call
 * us: by its push proxies, one after the other, and by a push along the way of the hit; all of that twice at most. It
 * is dialled beside that, because hits are wrong about it often enough. Whoever wants the link notices no difference:
 * there is one ticket, and one answer to it.
 */
final class Calls {

    private static final int ROUNDS = 2;

    private final Context context;
    private final TransferLimits.Push limits;
    private final PushPort pushes;
    private final AimedDials aimed;
    private final Taker taker;
    /** Of sources that need a push; the one that was learnt first comes first. */
    private final Map<Endpoint, PushPath> paths = new LinkedHashMap<>(0);
    /** By ticket, in the order in which they began. */
    private final Map<Long, Call> calls = new LinkedHashMap<>(0);

    private final Map<Long, ProxyLink> proxyDials = new LinkedHashMap<>(0);
    /** Dials under way whose source has called meanwhile. */
    private final Set<Long> moot = new LinkedHashSet<>(0);
    /** Of sources that are not dialled at all; a host's tickets are positive. */
    private long lastTicket;

    /** Gets what was asked for by a ticket. */
    interface Taker {
        void onOpened(Link<TransferFrame> link, long ticket);

        void onFailed(long ticket, DialFailure why);
    }

    /** One source that is asked to call. */
    private static final class Call {
        private final long ticket;
        private final PushPath path;
        private boolean isDialled;
        /** The next proxy to be asked. */
        private int nextStep;

        private boolean isPushed;

        private int round = 1;
        /** Whether anybody has passed a wish on in this round. */
        private boolean wasPassedOn;

        private boolean isHopeless;
        private @Nullable ProxyLink proxy;
        private long deadline = Timers.NEVER;

        Call(long ticket, PushPath path, boolean isDialled) {
            this.ticket = ticket;
            this.path = path;
            this.isDialled = isDialled;
        }
    }

    Calls(Context context, PushPort pushes, AimedDials aimed, Taker taker) {
        this.context = context;
        this.limits = context.config.limits().push();
        this.pushes = pushes;
        this.aimed = aimed;
        this.taker = taker;
    }

    /** {@code source} has to be asked to call us. */
    void learn(Endpoint source, PushPath path) {
        paths.remove(source);
        if (paths.size() >= limits.paths()) {
            Iterator<PushPath> oldest = paths.values().iterator();
            oldest.next();
            oldest.remove();
        }
        paths.put(source, path);
    }

    /** Whether {@code source} has to be asked to call us. */
    boolean isCaller(Endpoint source) {
        return paths.containsKey(source);
    }

    /** Opens a link to {@code source}; the taker hears of it, once. */
    long open(Endpoint source) {
        PushPath path = paths.get(source);
        if (path == null) {
            return context.dial(source);
        }
        TransferConfig config = context.config;
        boolean isDialled = config.profile().addresses().isUsable(source, null, config.self());
        long ticket = isDialled ? context.dial(source) : --lastTicket;
        Call call = new Call(ticket, path, isDialled);
        calls.put(ticket, call);
        goOn(call);
        return ticket;
    }

    /** What a dial of ours has come to: a proxy, or a source. */
    void onLinkOpen(Link<TransferFrame> link, long ticket) {
        ProxyLink proxy = proxyDials.remove(ticket);
        if (proxy != null) {
            aimed.ended(proxy.proxy);
            proxy.onOpen(link);
        } else if (moot.remove(ticket)) {
            link.close(CloseReason.FINISHED);
        } else {
            Call call = calls.remove(ticket);
            if (call != null) {
                leaveProxy(call);
            }
            taker.onOpened(link, ticket);
        }
    }

    void onDialFailed(long ticket, DialFailure why) {
        ProxyLink proxy = proxyDials.remove(ticket);
        Call call = calls.get(ticket);
        if (proxy != null) {
            aimed.ended(proxy.proxy);
            proxy.onDialFailed();
        } else if (call != null) {
            call.isDialled = false;
            context.watchAt(context.now());
        } else if (!moot.remove(ticket)) {
            taker.onFailed(ticket, why);
        }
    }

    /** Somebody calls on {@code link}. False: nobody was asked to. */
    boolean onCalled(Link<TransferFrame> link, Giv giv) {
        Optional<Call> called = calls.values().stream()
                .filter(call -> call.path.sharer().equals(giv.servent()))
                .findFirst();
        called.ifPresent(call -> {
            calls.remove(call.ticket);
            leaveProxy(call);
            if (call.isDialled) {
                moot.add(call.ticket);
            }
            taker.onOpened(link, call.ticket);
        });
        return called.isPresent();
    }

    /** Does what is due, and returns when to look again. */
    long watch(long now) {
        long next = Timers.NEVER;
        for (Call call : ImmutableList.copyOf(calls.values())) {
            if (!call.isHopeless && call.deadline <= now) {
                leaveProxy(call);
                goOn(call);
            }
            if (call.isHopeless && !call.isDialled) {
                calls.remove(call.ticket);
                taker.onFailed(call.ticket, DialFailure.TIMED_OUT);
            } else if (!call.isHopeless) {
                next = Math.min(next, call.deadline);
            }
        }
        return next;
    }

    void closeAll() {
        calls.values().forEach(Calls::leaveProxy);
        moot.addAll(calls.values().stream()
                .filter(call -> call.isDialled)
                .map(call -> call.ticket)
                .toList());
        calls.clear();
    }

    /** Takes the next step that somebody passes a wish on by; without any the call is hopeless. */
    private void goOn(Call call) {
        while (!call.isHopeless) {
            ImmutableList<Endpoint> proxies = call.path.proxies();
            int step = call.nextStep++;
            if (step < Math.min(proxies.size(), limits.proxies())) {
                if (askProxy(call, proxies.get(step))) {
                    return;
                }
            } else if (!call.isPushed) {
                call.isPushed = true;
                if (pushes.push(call.path.sharer(), call.path.index(), call.path.ttl())) {
                    onPassedOn(call);
                    return;
                }
            } else {
                beginRound(call);
            }
        }
    }

    private void beginRound(Call call) {
        call.isHopeless = !call.wasPassedOn || call.round == ROUNDS;
        call.round++;
        call.nextStep = 0;
        call.isPushed = false;
        call.wasPassedOn = false;
        context.watchAt(context.now());
    }

    private boolean askProxy(Call call, Endpoint at) {
        TransferConfig config = context.config;
        boolean isUsable = config.profile().addresses().isUsable(at, null, config.self());
        if (!isUsable || !aimed.begin(at, context.now())) {
            return false;
        }
        PushProxyAsk ask = new PushProxyAsk(call.path.sharer(), call.path.index());
        ProxyLink proxy =
                new ProxyLink(at, ask, pushes.here(config.self()), context, passesOn -> onAnswer(call, passesOn));
        call.proxy = proxy;
        proxyDials.put(context.dial(at), proxy);
        await(call);
        return true;
    }

    private void onAnswer(Call call, boolean passesOn) {
        call.proxy = null;
        if (passesOn) {
            onPassedOn(call);
        } else {
            goOn(call);
        }
    }

    private void onPassedOn(Call call) {
        call.wasPassedOn = true;
        await(call);
    }

    private void await(Call call) {
        call.deadline = context.now() + limits.callMillis();
        context.watchAt(call.deadline);
    }

    private static void leaveProxy(Call call) {
        ProxyLink proxy = call.proxy;
        call.proxy = null;
        if (proxy != null) {
            proxy.close();
        }
    }
}
