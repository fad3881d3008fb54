package dev.sidecarinjector.gotemplate.differential;

import java.util.List;
import java.util.stream.Stream;

/**
 * The functions that random expressions call.
 *
 * @param result     kind of the result
 * @param parameters kinds of the arguments
 */
record Signature(char result, String name, String parameters) {
    /** Result, then {@code name:parameters}; {@code A} is any value, the other kinds are those of the pools. */
    private static final String TABLE = """
            S abbrev:iS abbrevboth:iiS trunc:iS trim:S trimAll:SS trimall:SS trimPrefix:SS trimSuffix:SS upper:S lower:S title:S untitle:S
            S repeat:iS substr:iiS nospace:S initials:S swapcase:S snakecase:S camelcase:S kebabcase:S wrap:iS wrapWith:iSS indent:iS nindent:iS
            S replace:SSS plural:SSi sha1sum:S sha256sum:S sha512sum:S adler32sum:S toString:A quote:A quote:AA squote:A squote:AS cat:ASA join:SL join:SA
            b contains:SS hasPrefix:SS hasSuffix:SS empty:A all:AA any:AA has:AL mustHas:AL typeIs:SA typeIsLike:SA kindIs:SA deepEqual:AA deepEqual:LL
            b hasKey:Dk isAbs:P osIsAbs:P not:A eq:AA eq:SS eq:NN ne:SA lt:NN le:SS gt:NN ge:NN eq:AAA regexMatch:RS mustRegexMatch:RS semverCompare:CV
            N int:N int:S int64:N float64:N atoi:S toDecimal:S toDecimal:N add:NN add:NNN add1:N sub:NN div:NN mod:NN mul:NN mul:NNN max:NNN min:NN biggest:NN
            N addf:NN add1f:N subf:NN divf:NN mulf:NN maxf:NN minf:NN ceil:N floor:N round:Nn len:A len:S len:L
            L until:i untilStep:iii splitList:SS toStrings:L toStrings:A sortAlpha:L sortAlpha:A append:LA push:LA mustAppend:LA prepend:LA mustPrepend:LA
            L rest:L initial:L reverse:L uniq:L without:LA without:LAA compact:L concat:LL concat:LL chunk:iL slice:Ln slice:L list:AA tuple:A
            L mustRest:L mustInitial:L mustReverse:L mustUniq:L mustWithout:LA mustCompact:L mustChunk:iL mustSlice:Ln pluck:kDD mustPush:LA
            L regexFindAll:RSi mustRegexFindAll:RSi regexSplit:RSi mustRegexSplit:RSi
            A first:L last:L mustFirst:L mustLast:L default:AA coalesce:AA ternary:AAb get:Dk dig:kAD dig:kkAD index:Li index:Dk index:A slice:Sii fail:S
            A mustFromJson:J deepCopy:K mustDeepCopy:K
            T toDate:Yt mustToDate:Yt
            v semver:V
            D dict:kA dict:kAkA set:MkA unset:Mk pick:Dkk omit:Dk merge:MD merge:MDD mergeOverwrite:MD mergeOverwrite:MDD mustMerge:MD mustMergeOverwrite:MD
            D split:SS splitn:SiS urlParse:U
            S typeOf:A kindOf:A seq:i seq:ii seq:iii base:P dir:P clean:P ext:P osBase:P osDir:P osClean:P osExt:P b64enc:S b64dec:E b32enc:S b32dec:E
            S regexFind:RS mustRegexFind:RS regexReplaceAll:RSr regexReplaceAllLiteral:RSr mustRegexReplaceAll:RSr mustRegexReplaceAllLiteral:RSr regexQuoteMeta:S
            S toPrettyJson:A toRawJson:A mustToJson:A mustToPrettyJson:A mustToRawJson:A toJson:A urlJoin:D hello:
            S date:YT dateInZone:YTZ date_in_zone:YTZ htmlDate:T htmlDateInZone:TZ unixEpoch:T duration:d durationRound:d duration:N durationRound:N
            T dateModify:dT date_modify:dT mustDateModify:dT must_date_modify:dT
            S printf:FA printf:FAA printf:FN printf:FS print:AA print:SA println:AS html:A js:S urlquery:S urlquery:SN
            A and:AA or:AA and:AAA or:bA
            """;
    static final List<Signature> ALL = TABLE.lines().flatMap(Signature::line).toList();

    /** Whether a pipeline can hand over a value of this kind; the private fields of Go's own structs, which printf can show, are left out. */
    boolean takesLast(char kind) {
        char last = parameters.isEmpty() ? ' ' : parameters.charAt(parameters.length() - 1);
        boolean struct = kind == 'T' || kind == 'v';
        return last == kind || (last == 'A' && !(struct && name.equals("printf")));
    }

    /** The call as it stands in a pipeline. */
    Signature withoutLast() {
        return new Signature(result, name, parameters.substring(0, parameters.length() - 1));
    }

    /**
     * Whether a value of a wrong type says anything: a function that changes its argument would change the document, and one that wants a
     * date takes the clock's.
     */
    static boolean canBeWrong(char kind) {
        return "KMTd".indexOf(kind) < 0;
    }

    private static Stream<Signature> line(String line) {
        String[] words = line.split(" ", -1);
        return Stream.of(words).skip(1).map(word -> word.split(":", -1)).map(word -> new Signature(words[0].charAt(0), word[0], word[1]));
    }
}
