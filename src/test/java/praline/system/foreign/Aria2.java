package praline.system.foreign;

import com.google.common.collect.ImmutableList;
import java.io.IOException;

/** aria2. It announces to UDP trackers only while its DHT is on, so it is, and knows nobody there. */
final class Aria2 implements Participant {

    private final ImmutableList<String> options;

    /** With more options for {@code aria2c}. */
    Aria2(String... options) {
        this.options = ImmutableList.copyOf(options);
    }

    @Override
    public Running join(Place place, String what) throws IOException {
        ImmutableList<String> command = ImmutableList.<String>builder()
                .add("aria2c", "--no-conf")
                .add("--enable-color=false", "--summary-interval=0", "--show-console-readout=false")
                .add("--console-log-level=info")
                .add("--interface=" + place.address(), "--bt-external-ip=" + place.address())
                .add("--listen-port=" + PORT, "--dht-listen-port=" + PORT)
                .add("--enable-dht=true", "--dht-file-path=" + place.home().resolve("dht.dat"))
                .add("--enable-dht6=false", "--bt-enable-lpd=false")
                .add("--check-integrity=true", "--seed-ratio=0")
                .addAll(options)
                .add("--dir=" + place.data(), what)
                .build();
        return Running.start(place.network().inside(command), place.log());
    }

    @Override
    public String toString() {
        return "aria2";
    }
}
