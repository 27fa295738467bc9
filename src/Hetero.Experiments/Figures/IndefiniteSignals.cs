using System.Globalization;
using Hetero.Core.Problems;
using Hetero.Experiments.Recipes;
using Hetero.Experiments.Sweeps;
using Hetero.Experiments.Tables;
using Hetero.Experiments.Values;

namespace Hetero.Experiments.Figures;

/// <summary>
/// A signal of both signs: UUᵀ − VVᵀ finds it beside heterogeneous spurious signals, UUᵀ its positive part alone. Once learned, the noise of the gradient holds M at the distance
/// √(η·(mean² + M²)·(d + 1)/(2m)) from A*, in units of ‖A*‖, where all eigenvalues are 1 or −1 and the subspaces orthogonal.
/// </summary>
/// <param name="common">The recipe that all runs share; smaller ones than the figure's are for tests.</param>
internal sealed class IndefiniteSignals(RunRecipe common) : Figure<SeedSweep[]>
{
    /// <summary>The models, with what they are called.</summary>
    internal static readonly (string Name, ModelKind Model)[] Models = [("UUᵀ − VVᵀ", ModelKind.Indefinite), ("UUᵀ", ModelKind.Gram)];

    private static readonly SubspaceLayout[] Layouts = [SubspaceLayout.Orthogonal, SubspaceLayout.Random];

    /// <summary>The experiment: two positive eigenvalues and a negative one.</summary>
    public IndefiniteSignals()
        : this(new RunRecipe
        {
            Dimension = 40, InvariantRank = 3, Eigenvalues = [1, 1, -1], SpuriousMean = 0.5, Spread = 5, Samples = 20_000, Steps = 260, Every = 5,
        })
    {
    }

    /// <summary>The recipe that all runs share.</summary>
    internal RunRecipe Common => common;

    /// <summary>‖A*‖_F.</summary>
    internal double SignalNorm => Math.Sqrt(common.Eigenvalues.Sum(eigenvalue => eigenvalue * eigenvalue));

    /// <summary>The relative error that the noise of a gradient leaves, to first order in η.</summary>
    internal double NoiseFloor => Math.Sqrt(
        common.StepSize * ((common.SpuriousMean * common.SpuriousMean) + (common.Spread * common.Spread)) * (common.Dimension + 1) / (2.0 * common.Samples));

    /// <summary>The relative error of the best matrix without a negative eigenvalue.</summary>
    internal double SemidefiniteFloor => Math.Sqrt(common.Eigenvalues.Where(eigenvalue => eigenvalue < 0).Sum(eigenvalue => eigenvalue * eigenvalue)) / SignalNorm;

    public override string Name => "indefinite";

    public override string Description => $"a signal of both signs, by UUᵀ − VVᵀ and by UUᵀ (d = {common.Dimension}, r1 = {common.InvariantRank}, M = {Texts.Of(common.Spread)})";

    public override (FigureNumbers Numbers, SeedSweep[] Data) Compute(FigureRequest request)
    {
        SeedSweep[] sweeps = Sweeps(request.Seed);
        request.Train(sweeps);
        return (new FigureNumbers { Table = CreateTable(sweeps), Verdicts = [.. Judge(sweeps)], Sweeps = sweeps }, sweeps);
    }

    /// <summary>What is trained.</summary>
    internal SeedSweep[] Sweeps(ulong seed)
        =>
        [
            .. from layout in Layouts
               from item in Models
               select new SeedSweep(
                   $"{item.Name}, {ShareSweeps.NameOf(layout)} subspaces",
                   common with { Seed = seed, Model = item.Model, Orthogonal = layout == SubspaceLayout.Orthogonal },
                   withSingleRun: item.Model == ModelKind.Indefinite),
        ];

    private CsvTable CreateTable(SeedSweep[] sweeps)
    {
        CsvTable table = new("model", "subspaces", "step", "quantity", "median", "q10", "q90", "single_run");
        foreach (SeedSweep sweep in sweeps)
        {
            foreach ((string name, Func<Core.Training.TrajectoryRow, double> quantity) in new (string, Func<Core.Training.TrajectoryRow, double>)[]
            {
                ("relative_error", row => row.Error / SignalNorm), (RowQuantity.Signal.Name, row => row.Signal), ("spurious_size", row => Math.Abs(row.Spurious)),
            })
            {
                QuantileBand band = sweep.Band(quantity);
                for (int row = 0; row < band.Median.Length; row++)
                {
                    table.Add(
                        RecipeWords.Models.NameOf(sweep.Recipe.Model),
                        ShareSweeps.NameOf(sweep.Recipe.Layout),
                        Texts.Of(sweep.RecordedSteps[row]),
                        name,
                        CsvTable.Cell(band.Median[row]),
                        CsvTable.Cell(band.Low[row]),
                        CsvTable.Cell(band.High[row]),
                        CsvTable.Cell(sweep.SingleAt(row, quantity)));
                }
            }
        }

        return table;
    }

    internal IEnumerable<Verdict> Judge(SeedSweep[] sweeps)
    {
        foreach (SeedSweep sweep in sweeps)
        {
            double error = sweep.Band(row => row.Error).Median[^1] / SignalNorm, spurious = sweep.Band(row => Math.Abs(row.Spurious)).Median[^1];
            switch (sweep.Recipe.Model, sweep.Recipe.Orthogonal)
            {
                case (ModelKind.Indefinite, true):
                    yield return Verdict.Below($"{sweep.Title}: median relative error", error, 0.05);
                    yield return Verdict.Between(
                        string.Create(CultureInfo.InvariantCulture, $"{sweep.Title}: the same over the predicted {NoiseFloor:0.0000}"), error / NoiseFloor, 0.85, 1.2);
                    yield return Verdict.Below($"{sweep.Title}: median size of the spurious share", spurious, 0.05);
                    break;
                case (ModelKind.Indefinite, _):
                    yield return Verdict.Information($"{sweep.Title}: median relative error", error, "0.10 to 0.13, which the overlap of the subspaces leaves");
                    yield return Verdict.Below($"{sweep.Title}: median size of the spurious share", spurious, 0.05);
                    break;
                default:
                    yield return Verdict.Between(
                        string.Create(CultureInfo.InvariantCulture, $"{sweep.Title}: median relative error over that of A*'s positive part, {SemidefiniteFloor:0.000}"),
                        error / SemidefiniteFloor,
                        0.95,
                        1.15);
                    break;
            }
        }
    }
}
