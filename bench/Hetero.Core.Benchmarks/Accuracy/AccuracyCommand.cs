using System.Globalization;
using System.Numerics;
using System.Text;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Core.Benchmarks.Peers.Cases;
using Hetero.Core.Benchmarks.Peers.Native;

namespace Hetero.Core.Benchmarks.Accuracy;

/// <summary>Residual and orthogonality of decompositions on the same matrices as each LAPACK of this machine. It measures no time.</summary>
internal static class AccuracyCommand
{
    public const string Name = "accuracy";

    private const string Usage = "accuracy [--save]\n  --save  writes the table to bench/results/<cpu>";

    /// <summary>Runs the command.</summary>
    /// <returns>0; 1 if a worst error of ours is above the worst of every LAPACK; 2 for wrong usage.</returns>
    public static int Run(string[] arguments)
    {
        if (arguments is not ([] or ["--save"]))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        List<string> notes = [];
        IReadOnlyList<LapackLibrary> libraries = LapackLibrary.All(threads: 1, notes);
        RunFacts facts = new(1, Pace.Full);
        StringBuilder text = new();
        Line(text, $"| decomposition | matrices | ours | {string.Join(" | ", libraries.Select(library => library.Name))} | worst over the better LAPACK's | |");
        Line(text, $"|---|---|---|{string.Concat(libraries.Select(_ => "---|"))}---:|---|");
        bool isWorse = Add<double>(text, libraries) | Add<float>(text, libraries);
        Line(text, string.Empty);
        string count = MatrixFamilies.All.Sum(family => family.Seeds * MatrixFamily.Sizes.Count).ToString(CultureInfo.InvariantCulture);
        Line(
            text,
            "Residual, then departure from orthonormal columns: Frobenius norms over √n·ε, the worst of a family, "
            + $"n = {MatrixFamily.Sizes[0]} to {MatrixFamily.Sizes[^1]}; {count} matrices in all.");
        foreach (string note in facts.Lines().Take(3).Concat(notes))
        {
            Line(text, $"- {note}");
        }

        if (arguments.Length > 0)
        {
            ResultFiles.Write("accuracy.md", $"# Accuracy beside LAPACK\n\n{text}");
        }

        return isWorse ? 1 : 0;
    }

    private static bool Add<T>(StringBuilder text, IReadOnlyList<LapackLibrary> libraries)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        string precision = Precision.Name<T>();
        return Add(text, $"eigen, {precision}", true, libraries, FactorTrial.Eigen<T>, FactorTrial.Eigen<T>)
            | Add(text, $"SVD, {precision}", false, libraries, FactorTrial.Reduced<T>, FactorTrial.Singular<T>)
            | Add(text, $"SVD (Jacobi), {precision}", false, libraries, FactorTrial.Jacobi<T>, FactorTrial.Singular<T>)
            | Add(text, $"QR, {precision}", false, libraries, FactorTrial.Frame<T>, FactorTrial.Frame<T>);
    }

    private static bool Add(
        StringBuilder text,
        string label,
        bool isSymmetric,
        IReadOnlyList<LapackLibrary> libraries,
        Func<double[], int, FactorError> ours,
        Func<double[], int, LapackLibrary, FactorError> theirs)
    {
        List<FactorError> all = [];
        List<FactorError>[] others = [.. libraries.Select(_ => new List<FactorError>())];
        foreach (MatrixFamily family in MatrixFamilies.All)
        {
            (int Size, double[] Matrix)[] matrices = [.. family.Matrices(isSymmetric)];
            FactorError[] mine = [.. matrices.Select(one => ours(one.Matrix, one.Size))];
            FactorError[][] peers = [.. libraries.Select(library => matrices.Select(one => theirs(one.Matrix, one.Size, library)).ToArray())];
            all.AddRange(mine);
            for (int i = 0; i < others.Length; i++)
            {
                others[i].AddRange(peers[i]);
            }

            Row(text, label, family.Name, mine, peers);
        }

        return Row(text, label, "all", [.. all], [.. others.Select(one => one.ToArray())]);
    }

    /// <summary>Adds a row.</summary>
    /// <returns>Whether our worst is above that of every LAPACK.</returns>
    private static bool Row(StringBuilder text, string label, string family, FactorError[] ours, FactorError[][] peers)
    {
        (double residual, double departure) = Worst(ours);
        (double Residual, double Departure)[] worst = [.. peers.Select(Worst)];
        string ratios = string.Empty, mark = string.Empty;
        bool isWorse = false;
        if (worst.Length > 0)
        {
            (double first, double second) = (residual / worst.Min(one => one.Residual), departure / worst.Min(one => one.Departure));
            ratios = string.Create(CultureInfo.InvariantCulture, $"{first:0.00}, {second:0.00}");
            isWorse = residual > worst.Max(one => one.Residual) || departure > worst.Max(one => one.Departure);
            mark = isWorse ? Marks.Loss : string.Empty;
        }

        string cells = string.Concat(worst.Select(one => string.Create(CultureInfo.InvariantCulture, $" {one.Residual:0.00}, {one.Departure:0.00} |")));
        Line(text, string.Create(CultureInfo.InvariantCulture, $"| {label} | {family} | {residual:0.00}, {departure:0.00} |{cells} {ratios} | {mark} |"));
        return isWorse;
    }

    private static (double Residual, double Departure) Worst(FactorError[] errors) => (Largest(errors.Select(one => one.Residual)), Largest(errors.Select(one => one.Orthogonality)));

    /// <summary>The largest error; what is no number is the worst of all.</summary>
    private static double Largest(IEnumerable<double> errors) => errors.Max(error => double.IsNaN(error) ? double.PositiveInfinity : error);

    private static void Line(StringBuilder text, string line)
    {
        Console.WriteLine(line);
        text.Append(line).Append('\n');
    }
}
