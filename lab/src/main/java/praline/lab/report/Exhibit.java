package praline.lab.report;

/** What a section shows. */
public sealed interface Exhibit permits BarPlot, LinePlot, CdfPlot, Table {

    /** What it is called, in a few words. */
    String title();
}
