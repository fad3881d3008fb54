package dev.sidecarinjector.iptablesinit.verify;

/** The configurations that must be proven. */
enum Configuration {
    DEFAULT("-p 15001 -z 15006 -u 1337 -m REDIRECT -i * --istio-service-exclude-cidr= -b * -d 15090,15020"), //
    TPROXY("-u 1337 -m TPROXY -i * -b * -d 15090"), //
    DNS("-u 1337 -i * -b * --redirect-dns --capture-all-dns --drop-invalid"), //
    DUAL_STACK("-u 1337 -i * -b * -d 15020 --dual-stack --redirect-dns"), //
    LISTS("-u 1337 -i 10.0.0.0/8,203.0.113.0/24,198.18.0.0/15 -x 10.1.0.0/16,192.168.0.0/16 -q 443,8443 -o 5432,6379 -b 80,8080");

    private final String commandLine;

    Configuration(String commandLine) {
        this.commandLine = commandLine;
    }

    /** In words, none of which has a blank. */
    String[] commandLine() {
        return commandLine.split(" ", -1);
    }
}
