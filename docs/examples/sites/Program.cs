using System.Globalization;
using Sites;

const int Seeds = 5;

const int Steps = 120;

// Many small sites, then few large ones.
(int Sites, int Rows)[] studies = [(200, 60), (200, 100), (200, 200), (200, 400), (8, 1000), (8, 4000)];
Console.WriteLine(FormattableString.Invariant($"‖M − A*‖/‖A*‖, medians of {Seeds} seeds; {SiteStudy.Dimension * (SiteStudy.Dimension + 1) / 2} unknowns"));
Console.WriteLine("| sites | rows a site | HeteroSGD | pooled | two fits | principal component of sites |");
Console.WriteLine("|---:|---:|---:|---:|---:|---:|");
bool asTold = true;
foreach ((int sites, int rows) in studies)
{
    List<double[]> errors = [];
    for (int seed = 0; seed < Seeds; seed++)
    {
        SiteStudy study = new(sites, rows, 1000 * (ulong)(seed + 1));
        double[][] fits = [SiteFits.Hetero(study, Steps), SiteFits.Pooled(study, Steps), SiteFits.TwoFits(study), SiteFits.Component(study)];
        errors.Add([.. fits.Select(fit => study.Error(fit))]);
    }

    double[] medians = [.. Enumerable.Range(0, 4).Select(i => errors.Select(row => row[i]).Order().ElementAt(Seeds / 2))];
    Console.WriteLine($"| {sites} | {rows} | {string.Join(" | ", medians.Select(error => error.ToString("F3", CultureInfo.InvariantCulture)))} |");

    // With few rows a site one step's noise is larger than what it learns.
    asTold &= rows <= 100 || (medians[0] < 0.7 * medians[1] && medians[3] < medians[0]);
}

return asTold ? 0 : 1;
