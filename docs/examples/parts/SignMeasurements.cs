using Hetero.Core.Numerics;
using Hetero.Core.Random;
using Hetero.Core.Sensing;

namespace YourParts;

/// <summary>Rademacher measurements: all numbers of svec(X) are ±1, diagonal entries ±1 and the others ±√½, so that E[⟨X, D⟩X] = D.</summary>
public sealed class SignMeasurements(int dimension, ulong seed, WorkerTeam? team = null) : RowMeasurements<double>(dimension, seed, team)
{
    // A pure function of step, set and sample: each sample has its own entries of the stream.
    public override void FillRow(int step, int set, long sample, Span<double> svec)
    {
        new RandomStream(Seed, StreamPurpose.Measurements, step, set).FillUniform(sample * svec.Length, svec);
        foreach (ref double entry in svec)
        {
            entry = entry < 0.5 ? -1 : 1;
        }
    }

    public override void Describe(PartDescription description, long batchSize)
    {
        description.Add("kind", "signs");
        description.Add("seed", Seed);
    }
}
