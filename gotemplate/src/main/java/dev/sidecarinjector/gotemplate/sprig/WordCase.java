package dev.sidecarinjector.gotemplate.sprig;

/** Names in camel case, snake case and kebab case, with the word limits of the Go library xstrings. */
final class WordCase {
    private enum Word {
        NONE, NUMBER, UPPER, LETTERS, CONNECTOR, PUNCTUATION, OTHER
    }

    private final int[] text;
    private final char connector;
    private final StringBuilder out = new StringBuilder();
    private Word word = Word.NONE;
    private int start;
    private int end;

    private WordCase(String text, char connector) {
        this.text = text.codePoints().toArray();
        this.connector = connector;
    }

    /** {@code HTTPServer} gives {@code http_server}. */
    static String lower(String text, char connector) {
        WordCase words = new WordCase(text, connector);
        words.joinAll();
        return words.out.toString();
    }

    /** {@code http_server} gives {@code HttpServer}. */
    static String camel(String text) {
        int[] chars = text.codePoints().toArray();
        StringBuilder out = new StringBuilder(text.length());
        int first = 0;
        while (first < chars.length && isConnector(chars[first])) {
            out.appendCodePoint(chars[first++]);
        }
        if (first == chars.length) {
            // The library prints the last of nothing but connectors twice.
            return chars.length == 0 ? "" : out.appendCodePoint(chars[chars.length - 1]).toString();
        }
        boolean upper = isUpper(chars[first]);
        int last = Character.toUpperCase(chars[first]);
        for (int i = first + 1; i < chars.length; i++) {
            int c = chars[i];
            if (isConnector(last)) {
                if (isConnector(c)) {
                    out.appendCodePoint(last);
                } else {
                    upper = isUpper(c);
                    c = Character.toUpperCase(c);
                }
            } else {
                out.appendCodePoint(last);
                upper = upper && (isConnector(c) || isUpper(c));
                c = upper ? Character.toLowerCase(c) : c;
            }
            last = c;
        }
        return out.appendCodePoint(last).toString();
    }

    private void joinAll() {
        next();
        while (end < text.length) {
            if (word != Word.CONNECTOR) {
                write(word, start, end);
            }
            Word previous = word;
            int from = start;
            int to = end;
            next();
            switch (previous) {
                case NUMBER -> writeLettersAndNumbers();
                case CONNECTOR -> write(previous, from, to);
                case PUNCTUATION -> {
                }
                default -> afterLetters();
            }
        }
        write(word, start, end);
    }

    /** What follows a number belongs to its word. */
    private void writeLettersAndNumbers() {
        while (word == Word.LETTERS || word == Word.NUMBER) {
            write(word, start, end);
            next();
        }
        if (word != Word.NONE && word != Word.PUNCTUATION && word != Word.CONNECTOR) {
            out.append(connector);
        }
    }

    private void afterLetters() {
        if (word != Word.NUMBER) {
            connectUnlessSeparated();
            return;
        }
        if (end == text.length) {
            return;
        }
        int from = start;
        int to = end;
        next();
        if (word == Word.LETTERS) {
            // Small letters after a number: the number starts a word (http_2xx).
            out.append(connector);
            write(Word.NUMBER, from, to);
            writeLettersAndNumbers();
        } else {
            // Otherwise it ends one (bld4_floor).
            write(Word.NUMBER, from, to);
            connectUnlessSeparated();
        }
    }

    private void connectUnlessSeparated() {
        if (word != Word.CONNECTOR && word != Word.PUNCTUATION) {
            out.append(connector);
        }
    }

    private void write(Word kind, int from, int to) {
        for (int i = from; i < to; i++) {
            int c = text[i];
            if (kind == Word.CONNECTOR || kind == Word.UPPER) {
                c = isConnector(c) ? connector : isUpper(c) ? Character.toLowerCase(c) : c;
            }
            out.appendCodePoint(c);
        }
    }

    private void next() {
        start = end;
        if (start == text.length) {
            word = Word.NONE;
            return;
        }
        word = kind(text[start]);
        end = start + 1;
        if (word == Word.UPPER) {
            endUpper();
            return;
        }
        while (end < text.length && continues(text[end])) {
            end++;
        }
    }

    private void endUpper() {
        if (end < text.length && isUpper(text[end])) {
            while (end < text.length && isUpper(text[end])) {
                end++;
            }
            // The last capital starts the next word (HTTP, Server).
            if (end < text.length && isLetter(text[end])) {
                end--;
            }
        } else {
            while (end < text.length && isLetter(text[end]) && !isUpper(text[end])) {
                end++;
            }
        }
    }

    private boolean continues(int c) {
        return switch (word) {
            case OTHER -> kind(c) == Word.OTHER;
            case LETTERS -> isLetter(c) && !isUpper(c);
            case NUMBER -> isNumber(c);
            case CONNECTOR -> isConnector(c);
            case PUNCTUATION -> isPunctuation(c);
            case NONE, UPPER -> false;
        };
    }

    private static Word kind(int c) {
        if (isConnector(c)) {
            return Word.CONNECTOR;
        }
        if (isPunctuation(c)) {
            return Word.PUNCTUATION;
        }
        if (isUpper(c)) {
            return Word.UPPER;
        }
        if (isLetter(c)) {
            return Word.LETTERS;
        }
        return isNumber(c) ? Word.NUMBER : Word.OTHER;
    }

    private static boolean isConnector(int c) {
        return c == '-' || c == '_' || GoText.isSpace(c);
    }

    private static boolean isUpper(int c) {
        return Character.getType(c) == Character.UPPERCASE_LETTER;
    }

    /** Letters of scripts that have words: not the Chinese characters. */
    private static boolean isLetter(int c) {
        boolean ideograph = (c >= 0x4E00 && c <= 0x9FCC) || (c >= 0x3400 && c <= 0x4D85) || (c >= 0x20000 && c <= 0x2B81D);
        return Character.isLetter(c) && !ideograph;
    }

    private static boolean isNumber(int c) {
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER -> true;
            default -> false;
        };
    }

    private static boolean isPunctuation(int c) {
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION, Character.DASH_PUNCTUATION, Character.START_PUNCTUATION, Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION, Character.FINAL_QUOTE_PUNCTUATION, Character.OTHER_PUNCTUATION ->
                true;
            default -> false;
        };
    }
}
