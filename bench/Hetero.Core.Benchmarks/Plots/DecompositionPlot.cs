using Hetero.Charts;
using Hetero.Core.Benchmarks.Peers;
using Hetero.Core.Benchmarks.Peers.Native;
using Hetero.Core.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Hetero.Core.Benchmarks.Plots;

/// <summary>Decompositions of n×n matrices of doubles on one thread, with vectors and frames, against each LAPACK of this machine and MathNet's managed provider.</summary>
internal sealed class DecompositionPlot : IPlot
{
    private const string Ours = "Hetero.Core";
    private const string Managed = "MathNet (managed)";
    private const string Eigen = "eigenvalues and vectors";
    private const string Singular = "singular values and vectors";
    private const string Frames = "QR";
    private const string Cholesky = "Cholesky";

    // MathNet's singular values of more rows take longer than all the others together.
    private const int LargestManaged = 200;

    private static readonly int[] Sizes = [8, 12, 16, 20, 28, 40, 56, 80, 100, 140, 200, 256, 300, 400, 512, 700, 1000];

    public string Name => "performance-decompositions";

    public string Unit => "n³/ns";

    public double UnitWork => 1e9;

    public IReadOnlyList<PlotCase> Create(PeerContext context)
    {
        Control.UseManaged();
        Control.UseSingleThread();
        List<PlotCase> cases = [];
        List<string> notes = [];
        IReadOnlyList<LapackLibrary> libraries = LapackLibrary.All(context.Threads, notes);
        foreach (int n in Sizes)
        {
            PlotCase one = new(n);
            double work = Math.Pow(n, 3);
            double[] matrix = TestData.Create<double>(0, n * n), symmetric = new double[n * n], definite = new double[n * n];
            for (int i = 0; i < n * n; i++)
            {
                symmetric[i] = matrix[Math.Min(i, (i % n * n) + (i / n))];
            }

            Products.Gram(new ReadOnlyMatrixSpan<double>(matrix, n, n), new MatrixSpan<double>(definite, n, n));
            for (int i = 0; i < n; i++)
            {
                definite[i * (n + 1)] += 1;
            }

            AddOurs(one, n, work, matrix, symmetric, definite);
            foreach (LapackLibrary library in libraries)
            {
                AddLapack(one, library, n, work, matrix, symmetric, definite);
            }

            if (n <= LargestManaged)
            {
                Matrix<double> general = Matrix<double>.Build.DenseOfRowMajor(n, n, matrix), even = Matrix<double>.Build.DenseOfRowMajor(n, n, symmetric);
                Matrix<double> positive = Matrix<double>.Build.DenseOfRowMajor(n, n, definite);
                one.Add(Eigen, Managed, one.Contenders.Add(() => even.Evd(Symmetricity.Symmetric), work));
                one.Add(Singular, Managed, one.Contenders.Add(() => general.Svd(), work));
                one.Add(Frames, Managed, one.Contenders.Add(() => general.QR(), work));
                one.Add(Cholesky, Managed, one.Contenders.Add(() => positive.Cholesky(), work));
            }

            cases.Add(one);
        }

        cases[0].Contenders.Notes.AddRange(notes);
        return cases;
    }

    public Chart Draw(IReadOnlyList<PlotCurve> curves, string where) => new(
        "Decompositions of n×n matrices of doubles, one thread",
        [.. new[] { Eigen, Singular, Frames, Cholesky }.Select(panel => CreatePanel(panel, curves))])
    {
        Subtitle = "n³ over the time of a call: higher is faster, and a method that is all multiplication of matrices rises until it reaches their rate",
        Caption = $"LAPACK: syevd, gesdd, geqrf and orgqr, potrf, on a copy of the matrix, since it overwrites it. MathNet to n = {Text(LargestManaged)}. {where}",
        Width = 1100,
        Columns = 2,
        SharedLegend = true,
    };

    private static Panel CreatePanel(string panel, IReadOnlyList<PlotCurve> curves) => new(
        panel,
        Axis.Log("n").From(Sizes[0], Sizes[^1]),
        Axis.Log("n³ a nanosecond"),
        [
            .. curves.Select(curve => curve.Series).Distinct().Select((series, slot) => CurveSeries.Of(
                curves.FirstOrDefault(curve => curve.Panel == panel && curve.Series == series) ?? new(panel, series), slot)),
        ]);

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static void AddOurs(PlotCase one, int n, double work, double[] matrix, double[] symmetric, double[] definite)
    {
        double[] values = new double[n], left = new double[n * n], right = new double[n * n];
        double[] scratch = new double[new[]
        {
            SymmetricEigen.GetScratchLength<double>(n), Svd.GetScratchLength<double>(n, n),
            HouseholderQr.GetScratchLength<double>(n, n), Numerics.Cholesky.GetScratchLength<double>(n),
        }.Max()];
        one.Add(Eigen, Ours, one.Contenders.Add(() => SymmetricEigen.Decompose(Read(symmetric, n), scratch, values, Write(left, n)), work));
        one.Add(Singular, Ours, one.Contenders.Add(() => Svd.Decompose(Read(matrix, n), scratch, Write(left, n), values, Write(right, n)), work));
        one.Add(Frames, Ours, one.Contenders.Add(() => HouseholderQr.Decompose(Read(matrix, n), scratch, Write(left, n), Write(right, n)), work));
        one.Add(Cholesky, Ours, one.Contenders.Add(() => Numerics.Cholesky.Decompose(Read(definite, n), scratch, Write(left, n)), work));
    }

    private static void AddLapack(PlotCase one, LapackLibrary library, int n, double work, double[] matrix, double[] symmetric, double[] definite)
    {
        // An instance keeps the workspace of one routine and shape.
        LapackRoutines<double> eigen = new(library), singular = new(library), frames = new(library), cholesky = new(library);
        double[] copy = new double[n * n], values = new double[n], left = new double[n * n], right = new double[n * n];
        Action On(double[] source, Action run) => () =>
        {
            source.CopyTo(copy, 0);
            run();
        };

        void Add(string panel, double[] source, Action run) => one.Add(panel, library.Name, one.Contenders.Add(On(source, run), work));
        Add(Eigen, symmetric, () => eigen.Eigen(n, copy, values, vectors: true));
        Add(Singular, matrix, () => singular.Singular(n, n, copy, values, left, right, vectors: true));
        Add(Frames, matrix, () => frames.Frame(n, n, copy, values, left));
        Add(Cholesky, definite, () => cholesky.Cholesky(n, copy));
    }

    private static ReadOnlyMatrixSpan<double> Read(double[] matrix, int n) => new(matrix, n, n);

    private static MatrixSpan<double> Write(double[] matrix, int n) => new(matrix, n, n);
}
