using Hetero.Core.Numerics;
using Hetero.Core.Sensing;
using Hetero.Core.Training;

namespace YourParts;

/// <summary>M = diag(v⊙v), d parameters: sparse instead of low-rank, with the same multiplicative dynamics.</summary>
public sealed class SquaredDiagonal(int dimension, double scale) : Model<double>(dimension, new MatrixShape(dimension, 1))
{
    // A trainer's options may say the same of the start, or nothing.
    public override TrainingOptions Options { get; } = new() { Seed = 0, InitialScale = scale };

    public override void Start(Span<double> parameters, CancellationToken cancellation = default) => parameters.Fill(scale);

    public override void CopyMatrix(ReadOnlySpan<double> parameters, Span<double> svec, CancellationToken cancellation = default)
    {
        svec.Clear();
        for (int i = 0; i < Dimension; i++)
        {
            svec[Svec.IndexOf(i, i)] = parameters[i] * parameters[i];
        }
    }

    // Half of the gradient, as G·U is for UUᵀ: any constant above 0 will do, as long as it is the same everywhere.
    public override void PullBack(ReadOnlySpan<double> parameters, ReadOnlySpan<double> gradient, Span<double> direction, CancellationToken cancellation = default)
    {
        for (int i = 0; i < Dimension; i++)
        {
            direction[i] = gradient[Svec.IndexOf(i, i)] * parameters[i];
        }
    }

    public override void Describe(PartDescription description)
    {
        description.Add("model", "squared-diagonal");
        description.Add("initialScale", scale);
    }
}
