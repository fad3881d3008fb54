package dev.sidecarinjector.iptablesinit;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.system.Child;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program, run in a place of a lab as a process of its own. */
public record Program(Lab lab, Place place, Map<String, String> variables) {
    /** What the injector writes into a pod. */
    public static final List<String> USUAL = List.of("-p", "15001", "-z", "15006", "-u", "1337", "-m", "REDIRECT", "-i", "*", "-x", "",
            "-b",
            "*", "-d", "15090,15021,15020");

    public static Program in(Lab lab) {
        return new Program(lab, Place.POD, Map.of());
    }

    public Program with(String variable, String value) {
        Map<String, String> more = new java.util.HashMap<>(variables);
        more.put(variable, value);
        return new Program(lab, place, more);
    }

    /** With the usual arguments and these behind them. */
    public Child.Result usual(String... more) {
        List<String> arguments = new ArrayList<>(USUAL);
        arguments.addAll(List.of(more));
        return run(arguments);
    }

    public Child.Result run(String... arguments) {
        return run(List.of(arguments));
    }

    /** Another command than the main one, with the usual arguments and these behind them. */
    public Child.Result command(String word, String... more) {
        List<String> arguments = new ArrayList<>(List.of(word));
        arguments.addAll(USUAL);
        arguments.addAll(List.of(more));
        return start(arguments);
    }

    private Child.Result run(List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(IptablesInit.MAIN_COMMAND));
        words.addAll(arguments);
        return start(words);
    }

    private Child.Result start(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), IptablesInit.class.getName()));
        command.addAll(arguments);
        return lab.run(place, variables, "", command);
    }
}
