package dev.sidecarinjector.capture.proof;

import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Who connects: the application, and for each of the proxy's users and groups somebody who is the proxy by that alone. */
final class Persons {
    private static final long SOMEBODY = 5000;

    private final List<String> uids;
    private final List<String> gids;
    private final Selection<String> groups;
    private final List<String> excludedGroups;
    private final Person self;
    private final Person application;

    /**
     * For settings.
     *
     * @param self this process, which is the application if no setting treats its user or group in a way of its own
     */
    Persons(CaptureSettings settings, Person self) {
        this.self = self;
        uids = settings.proxy().uids();
        gids = settings.proxy().gids();
        groups = settings.outbound().groups();
        excludedGroups = settings.outbound().excludedGroups();
        long uid = PortTexts.contain(uids, self.uid()) ? PortTexts.free((int) SOMEBODY, uids) : self.uid();
        application = new Person(uid, isUsual(self.gid()) ? self.gid() : usualGroup());
    }

    private boolean isUsual(long gid) {
        return !PortTexts.contain(gids, gid)
                && (groups.all() ? !PortTexts.contain(excludedGroups, gid) : PortTexts.contain(groups.items(), gid));
    }

    private long usualGroup() {
        List<String> avoided = new ArrayList<>(gids);
        if (groups.all()) {
            avoided.addAll(excludedGroups);
            return PortTexts.free((int) SOMEBODY, avoided);
        }
        return groups.items().stream().map(PortTexts::range).filter(range -> range.length > 0).map(range -> range[0])
                .filter(this::isUsual).findFirst().orElse((long) PortTexts.free((int) SOMEBODY, avoided));
    }

    Person application() {
        return application;
    }

    /** The application, but of another group. */
    Person of(long gid) {
        return new Person(application.uid(), gid);
    }

    /** A group in no list. */
    Person ofNoGroup() {
        List<String> all = new ArrayList<>(gids);
        all.addAll(groups.items());
        all.addAll(excludedGroups);
        return of(PortTexts.free((int) SOMEBODY + 1, all));
    }

    /** The proxy by its user alone; this process as it is, where it is the proxy's: it may not be able to be anybody else. */
    List<Person> users() {
        return numbers(uids).map(uid -> uid == self.uid() ? self : new Person(uid, application.gid())).toList();
    }

    /** The proxy by its group alone. */
    List<Person> groups() {
        return numbers(gids).map(this::of).toList();
    }

    private static Stream<Long> numbers(List<String> texts) {
        return texts.stream().map(PortTexts::range).filter(range -> range.length > 0).map(range -> range[0]).distinct();
    }
}
