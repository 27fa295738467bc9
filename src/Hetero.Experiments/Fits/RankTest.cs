using System.Numerics;
using Hetero.Core.Numerics;

namespace Hetero.Experiments.Fits;

/// <summary>How many directions of an estimate the environments share, by rows that are held out, with a rate of false alarms.</summary>
/// <remarks>
/// <para><b>What is measured.</b> For an eigenvector v of M, rows that training has not seen give of each environment b_e = vᵀB̂_ev with a B̂_e that is unbiased for A* + A^(e) at any number of rows
/// (<see cref="EnvironmentSignal{T}"/>). Eigenvalues of a tenth of the largest one's size are looked at, and below 0 −b_e takes the place of b_e.</para>
/// <para><b>What is tested.</b> Of a law that the environments are drawn from, b_e has a mean μ and a standard deviation τ. That μ &gt; 0 would not do: a spurious direction has it where s
/// has a mean, and with many environments it would be found. What tells the two apart is that the one varies and the other does not: training suppresses a direction if E log|1 + ηs| &lt; 0, and with
/// log(1 + x) ≥ x − x² for x ≥ −½ that takes μ(1 − ημ) &lt; ητ², so that μ &lt; τ where ημ ≤ ½. So the hypothesis is μ ≤ τ, or μ ≤ δ with δ a tenth of |λ_1|, since an eigenvector of
/// noise overlaps a little with what is shared. With n environments, mean b̄ and standard deviation S, √n·b̄/S has for μ = τ Student's noncentral t law with n − 1 degrees and
/// noncentrality √n, and √n(b̄ − δ)/S for μ = δ the central one; the larger of the two tails is the chance. Noise of rows is in S as well, which makes the rate smaller, and hides what
/// is shared where rows are few.</para>
/// <para><b>Over directions.</b> The k-th of K has the level 0.05/2^k, the last one that of the one before, and in addition what the one before it was held against if it was found (the fallback
/// procedure): that any direction counts for which the hypothesis holds has at most the chance 0.05, however the tests depend on each other.</para>
/// <para><b>What the rate is of.</b> Of data sets with new environments, whose b_e are normal, along directions that do not depend on which came; each environment has the same
/// weight. s of two values is not normal: all n environments have the same one with chance pⁿ + (1 − p)ⁿ, in which case nothing tells it from what is shared, so that below five there
/// is no test. The directions come from the same
/// environments, which matters where several spurious directions leave a choice, and the rows held out have chosen the step. docs/fit.md has the rates as simulated.</para>
/// </remarks>
/// <param name="Components">The directions that were looked at, the largest eigenvalue first.</param>
/// <param name="Environments">The number of environments that count: those with 200 rows held out, or half as many as the largest.</param>
public sealed record RankTest(IReadOnlyList<RankComponent> Components, int Environments)
{
    /// <summary>The largest chance that a direction counts whose mean over environments is no larger than their spread, or than a tenth of the largest eigenvalue.</summary>
    public const double Rate = 0.05;

    /// <summary>The fewest environments.</summary>
    public const int LeastEnvironments = 5;

    /// <summary>Gets the number of directions that are shared.</summary>
    public int Rank => Components.Count(component => component.IsShared);

    /// <summary>The squares that a test takes beside a measure of the rows that were trained on: for <see cref="FitMemory"/>.</summary>
    internal const int Squares = 7;

    /// <summary>Tests an estimate.</summary>
    /// <param name="heldOut">The rows held out.</param>
    /// <param name="training">Those trained on.</param>
    /// <param name="estimate">svec(M).</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>What was found; null if no row is held out, or of too few environments.</returns>
    internal static RankTest? Of<T>(FitMeasure<T> heldOut, FitMeasure<T> training, IReadOnlyList<T> estimate, CancellationToken cancellation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] counted = heldOut.HasHalves ? Counted(heldOut) : [];
        if (counted.Length < LeastEnvironments)
        {
            return null;
        }

        int d = heldOut.Dimension;
        T[] svec = [.. estimate];
        double[] values = new double[d], vectors = new double[d * d];
        SymmetricEigen.Decompose<double>(new ReadOnlyMatrixSpan<double>(FitSpectrum.Square<T>(d, svec), d, d), values, new MatrixSpan<double>(vectors, d, d));
        int[] order = [.. Enumerable.Range(0, d).OrderByDescending(k => Math.Abs(values[k]))];
        double[] spectrum = [.. order.Select(k => values[k])];
        int count = FitSpectrum.Rank(spectrum);
        double[] directions = new double[d * count], products = new double[d * count];
        for (int i = 0; i < directions.Length; i++)
        {
            directions[i] = vectors[(i / count * d) + order[i % count]];
        }

        double[][] found = [.. Enumerable.Range(0, count).Select(_ => new double[counted.Length])];
        EnvironmentSignal<T> signal = new(heldOut, training);
        for (int e = 0; e < counted.Length; e++)
        {
            cancellation.ThrowIfCancellationRequested();
            ReadOnlyMatrixSpan<double> unbiased = new(signal.Of(counted[e], svec), d, d);
            Products.Multiply<double>(unbiased, new ReadOnlyMatrixSpan<double>(directions, d, count), new MatrixSpan<double>(products, d, count), cancellation: cancellation);
            for (int i = 0; i < directions.Length; i++)
            {
                found[i % count][e] += directions[i] * products[i];
            }
        }

        return Of(spectrum[..count], found);
    }

    /// <summary>Tests what was measured.</summary>
    /// <param name="spectrum">The eigenvalues that are looked at, the largest in size first.</param>
    /// <param name="found">b_e of each of them, with the sign that it has.</param>
    internal static RankTest Of(double[] spectrum, double[][] found)
    {
        List<RankComponent> components = [];
        double least = FitSpectrum.Counted * Math.Abs(spectrum[0]), share = Rate, carried = 0;
        for (int k = 0; k < spectrum.Length; k++)
        {
            share = k == spectrum.Length - 1 ? share : share / 2;
            int sign = Math.Sign(spectrum[k]), n = found[k].Length;
            double mean = sign * found[k].Average(), deviation = Math.Sqrt(found[k].Sum(b => ((sign * b) - mean) * ((sign * b) - mean)) / (n - 1)), root = Math.Sqrt(n);
            double chance = Math.Max(NoncentralT.Upper(root * mean / deviation, n - 1, root), NoncentralT.Upper(root * (mean - least) / deviation, n - 1, 0));
            double level = share + carried;
            bool isShared = chance <= level;
            components.Add(new(spectrum[k], mean, deviation, chance, level, isShared));
            carried = isShared ? level : 0;
        }

        return new(components, found[0].Length);
    }

    /// <summary>The environments that count: b_e of a few rows says nothing, and would hide what the others share.</summary>
    private static int[] Counted<T>(FitMeasure<T> measure)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int[] rows = [.. Enumerable.Range(0, measure.Probabilities.Count).Select(measure.RowsOf)];
        int largest = rows.Max();
        return [.. Enumerable.Range(0, rows.Length).Where(e => rows[e] >= EnvironmentVariation.EnoughRows || 2L * rows[e] >= largest)];
    }
}
