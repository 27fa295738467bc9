using System.Numerics;
using Hetero.Core.Sensing;

namespace Hetero.Core.FsCheck;

/// <summary>Whether E[⟨X, D⟩X] = D, over many steps of a source.</summary>
internal sealed class IsotropyFaults<T>(MeasurementSource<T> source, int samples, int steps, ulong seed)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int Matrices = 3, Tested = 4;
    private const double StandardErrors = 7;

    public IReadOnlyList<string> Find()
    {
        FaultList faults = new();
        faults.Try("Accumulate", () =>
        {
            for (int i = 0; i < Matrices && faults.Sentences.Count == 0; i++)
            {
                Check(i, faults);
            }
        });
        return faults.Sentences;
    }

    /// <summary>Holds the mean of ⟨Â(D), N⟩ over the steps against ⟨D, N⟩: for N = D, and for other matrices.</summary>
    private void Check(int index, FaultList faults)
    {
        T[] matrix = Numbers.Gaussian<T>(seed, index, source.SvecLength), results = new T[matrix.Length];
        T[][] tested = [matrix, .. Enumerable.Range(1, Tested - 1).Select(k => Numbers.Gaussian<T>(seed, 10 + (Tested * index) + k, matrix.Length))];
        double[] sums = new double[Tested], squares = new double[Tested];
        for (int step = 0; step < steps; step++)
        {
            Array.Clear(results);
            source.Accumulate(new SampleGroup<T> { Step = step, Count = samples, Scale = 1.0 / samples }, matrix, results);
            for (int k = 0; k < Tested; k++)
            {
                double value = Numbers.Dot<T>(results, tested[k]) - Numbers.Dot<T>(matrix, tested[k]);
                sums[k] += value;
                squares[k] += value * value;
            }
        }

        for (int k = 0; k < Tested; k++)
        {
            double mean = sums[k] / steps, error = Math.Sqrt(Math.Max(0, (squares[k] / steps) - (mean * mean)) / (steps - 1));
            double size = Math.Sqrt(Numbers.Dot<T>(matrix, matrix) * Numbers.Dot<T>(tested[k], tested[k]));
            double right = Numbers.Dot<T>(matrix, tested[k]);
            FormattableString measured = $"the mean {mean + right} with a standard error of {error}";
            if (!faults.Require(
                Math.Abs(mean) <= (StandardErrors * error) + (Numbers.Tolerance<T>() * size),
                $"E[⟨X, D⟩X] is not D: over {steps} steps of {samples} samples ⟨(1/m) Σ ⟨X_i, D⟩X_i, N⟩ has {measured}, and ⟨D, N⟩ is {right}{(k == 0 ? " (N = D)" : "")}."))
            {
                return;
            }
        }
    }
}
