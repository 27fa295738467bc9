using System.Numerics;
using System.Numerics.Tensors;

namespace Hetero.Core.Training;

/// <summary>The memory of a federated round: the parameters of the client that is at work, and the sum of those of all clients before. Not thread-safe: belongs to one trainer.</summary>
internal sealed class RoundWork<T>(FederatedRounds rounds, int parameters)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _local = new T[parameters];
    private readonly T[] _sum = new T[parameters];

    public FederatedRounds Rounds => rounds;

    /// <summary>Gets the parameters of the client that is at work.</summary>
    public Span<T> Local => _local;

    /// <summary>Gets or sets how many samples the clients of the round left out of their gradients.</summary>
    public long SamplesLeftOut { get; set; }

    /// <summary>The number of the batch's step in which a client makes its first one.</summary>
    public int FirstStep(int round, int client) => (round * rounds.StepsPerRound) + (client * rounds.LocalSteps);

    /// <summary>Adds what a client ended with.</summary>
    public void Add(int client)
    {
        if (client == 0)
        {
            // Not 0 plus it, which would turn −0 into 0.
            _local.CopyTo(_sum, 0);
        }
        else
        {
            TensorPrimitives.Add(_sum, _local, _sum);
        }
    }

    /// <summary>Writes the average.</summary>
    public void CopyAverage(Span<T> destination) => TensorPrimitives.Divide(_sum, T.CreateChecked(rounds.Clients), destination);
}
