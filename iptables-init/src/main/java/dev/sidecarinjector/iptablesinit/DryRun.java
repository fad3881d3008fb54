package dev.sidecarinjector.iptablesinit;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Backend;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.text.NftText;
import dev.sidecarinjector.capture.text.RestoreText;
import dev.sidecarinjector.iptablesinit.log.Log;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Shows what would be loaded into an empty namespace, and starts no program (spec section 5.5). */
final class DryRun {
    private final Log log;

    DryRun(Log log) {
        this.log = log;
    }

    ExitStatus run(CaptureSettings settings, RuleSet rules) {
        log.info("running iptables in dry-run mode, no rule changes will be made");
        StringBuilder record = new StringBuilder();
        if (rules.backend() == Backend.NFTABLES) {
            String text = NftText.of(rules);
            log.info("Running nft with the following input:\n" + text);
            record.append(text);
        } else {
            boolean ipv6 = settings.network().ipv6();
            String save = ipv6 ? "iptables-save\nip6tables-save\n" : "iptables-save\n";
            record.append("iptables-save\nip6tables-save\n");
            if (!settings.work().cleanupOnly()) {
                log.info("Applying iptables chains and rules");
                for (Family family : rules.families()) {
                    String text = RestoreText.of(rules, family);
                    log.info("Running iptables restore with: " + (family == Family.IPV4 ? "iptables-restore" : "ip6tables-restore")
                            + " and the following input:\n" + text);
                    record.append(text);
                }
            }
            record.append(save);
        }
        log.info("Skipping addresses and routes in dry-run mode");
        return write(settings.work().dryRunFile(), record.toString());
    }

    /** The file is written anew: an older one that was longer must not keep its end. */
    private ExitStatus write(String file, String record) {
        if (file.isEmpty()) {
            return ExitStatus.OK;
        }
        try (OutputStream out = new FileOutputStream(file)) {
            out.write(record.getBytes(StandardCharsets.UTF_8));
            return ExitStatus.OK;
        } catch (IOException e) {
            log.error("cannot write the record of the dry run (environment DRY_RUN_FILE_PATH): " + e.getMessage()
                    + ": name a file in a folder that can be written");
            return ExitStatus.FAILED;
        }
    }
}
