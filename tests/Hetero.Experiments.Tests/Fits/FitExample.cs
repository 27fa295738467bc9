using Hetero.Core.Environments;
using Hetero.Experiments.Data;
using Hetero.Experiments.Fits;

namespace Hetero.Experiments.Tests.Fits;

/// <summary>The program of docs/fit.md, which compiles with the namespaces that the page names.</summary>
internal static class FitExample
{
    public static FitVerdict Run()
    {
        using DataSet<double> data = DataSet<double>.Open("data.json");
        FitResult<double> fit = Fitting.Fit(data, new FitRecipe { Training = new() { StepSize = 0.1, Steps = 150, EnvironmentOrder = EnvironmentOrderKind.Shuffled } });
        FitVerdict verdict = FitVerdict.Of(fit, data.Manifest.Dimension)!;
        return verdict;
    }
}
