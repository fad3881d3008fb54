package dev.sidecarinjector.capture.plan;

import static dev.sidecarinjector.capture.plan.RuleList.FROM_LO;
import static dev.sidecarinjector.capture.plan.RuleList.RETURN;
import static dev.sidecarinjector.capture.plan.RuleList.TCP;
import static dev.sidecarinjector.capture.plan.RuleList.TO_LO;
import static dev.sidecarinjector.capture.plan.RuleList.marked;
import static dev.sidecarinjector.capture.plan.RuleList.when;
import static dev.sidecarinjector.capture.rules.Chain.ISTIO_INBOUND;
import static dev.sidecarinjector.capture.rules.Chain.OUTPUT;
import static dev.sidecarinjector.capture.rules.Chain.PREROUTING;
import static dev.sidecarinjector.capture.rules.Table.MANGLE;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Match;
import dev.sidecarinjector.capture.rules.Match.Account;
import dev.sidecarinjector.capture.rules.Target;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Setting;

/** Keeps the pod's talk with itself out of TPROXY, and the application's answers on their way back to the proxy (spec section 3, step 19). */
final class TproxyRules {
    /** Says that the proxy, not the application, talks to the pod. */
    private static final String PROXY_MARK = "1338";
    private static final String CALL_OF_PROXY = "What the proxy sends to its own pod is inbound, and marked so.";

    private final CaptureSettings settings;
    private final RuleList rules;

    TproxyRules(CaptureSettings settings, RuleList rules) {
        this.settings = settings;
        this.rules = rules;
    }

    void plan() {
        String mark = settings.inbound().mark();
        rules.append(MANGLE, PREROUTING, when(TCP, marked(mark)), new Target.SaveMark(),
                "The connection remembers that the proxy opened it with the client's address.", Setting.INTERCEPTION_MODE,
                Setting.TPROXY_MARK);
        rules.append(MANGLE, OUTPUT, when(TCP, TO_LO, marked(mark)), RETURN, "What is marked already keeps its mark.",
                Setting.INTERCEPTION_MODE, Setting.TPROXY_MARK);
        settings.proxy().uids().forEach(uid -> mark(new Match.Owner(Account.USER, uid, false), Setting.PROXY_UID));
        settings.proxy().gids().forEach(gid -> mark(new Match.Owner(Account.GROUP, gid, false), Setting.PROXY_GID));
        rules.append(MANGLE, OUTPUT, when(TCP, new Match.ConnectionMark(mark)), new Target.RestoreMark(),
                "The application's answers are routed back to the proxy, not to the client.", Setting.INTERCEPTION_MODE,
                Setting.TPROXY_MARK);
        rules.insert(MANGLE, ISTIO_INBOUND, 1, when(TCP, marked(mark)), RETURN,
                "The proxy's connection to the application is not captured.",
                Setting.INTERCEPTION_MODE, Setting.TPROXY_MARK);
        for (Family family : rules.families()) {
            rules.insert(family, MANGLE, ISTIO_INBOUND, 2, when(TCP, RuleList.fromSelf(family), FROM_LO), RETURN,
                    "Nor is the one that it opens from its own address.", Setting.INTERCEPTION_MODE);
        }
        rules.insert(MANGLE, ISTIO_INBOUND, 3, when(TCP, FROM_LO, new Match.PacketMark(PROXY_MARK, true)), RETURN,
                "The application talks to itself.", Setting.INTERCEPTION_MODE);
    }

    private void mark(Match owner, Setting asked) {
        for (Family family : rules.families()) {
            rules.append(family, MANGLE, OUTPUT, when(rules.beyondLoopback(family), TCP, TO_LO, owner), new Target.SetMark(PROXY_MARK),
                    CALL_OF_PROXY, Setting.INTERCEPTION_MODE, asked);
        }
    }
}
