package praline.house;

/**
 * One thing that is untidy.
 *
 * @param rule its short name, as the ratchet file writes it
 * @param place the file, or the file and the method
 * @param line 1-based
 * @param size how much there is of it: lines, characters, or 1 where there is nothing to measure
 * @param advice what is wrong and what to do
 */
record Finding(String rule, String place, int line, int size, String advice) {
    @Override
    public String toString() {
        return place + ":" + line + ": " + advice + " [" + rule + " " + size + "]";
    }
}
