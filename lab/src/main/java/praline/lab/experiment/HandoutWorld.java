package praline.lab.experiment;

/** Where a file is given to many, in either manner. */
interface HandoutWorld {

    Handout handOut(Manner manner, HandoutPlan plan);
}
