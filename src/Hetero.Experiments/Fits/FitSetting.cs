using System.Numerics;
using System.Numerics.Tensors;
using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Experiments.Data;

namespace Hetero.Experiments.Fits;

/// <summary>What all runs of a fit share, whichever rows they have.</summary>
/// <typeparam name="T">float or double.</typeparam>
internal sealed class FitSetting<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public FitSetting(DataSet<T> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Data = data.Manifest;
        double equal = 1.0 / data.Environments.Count;
        Probabilities = [.. Data.Environments.Select(environment => environment.Probability ?? equal)];
        Scales = [.. Probabilities.Select(_ => 1.0)];
        Truth = TruthOf(data);
    }

    public DataManifest Data { get; }

    public int Dimension => Data.Dimension;

    /// <summary>Gets π_e.</summary>
    public double[] Probabilities { get; }

    /// <summary>Gets svec(A*) where it is known; else nothing.</summary>
    public double[] Truth { get; }

    /// <summary>Gets or sets the scale c² of each environment's inputs: 1 before it was measured.</summary>
    public double[] Scales { get; set; }

    public FitMemory? Memory { get; init; }

    public FitSaving? Saving { get; init; }

    /// <summary>Gets what states are of; null where none are kept.</summary>
    public FitIdentity? Identity { get; set; }

    public WorkerTeam? Team { get; init; }

    public CancellationToken Cancellation { get; init; }

    private static double[] TruthOf(DataSet<T> data)
    {
        int d = data.Manifest.Dimension;
        double[] square = new double[data.Truth.Length], truth = new double[data.Truth.IsEmpty ? 0 : Svec.Length(d)];
        if (truth.Length > 0)
        {
            TensorPrimitives.ConvertTruncating<T, double>(data.Truth.Span, square);
            Svec.PackSymmetricPart<double>(new ReadOnlyMatrixSpan<double>(square, d, d), truth);
        }

        return truth;
    }
}
